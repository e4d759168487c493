// Run tools/same_loops.py in Pyodide, Python in WebAssembly, from nothing but the wheels given:
//     node tools/same_loops.mjs node_modules/pyodide loopmap-…-py3-none-any.whl > there.json
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...wheels] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(resolve(folder, "pyodide.mjs")));
const python = await loadPyodide({ stderr: (line) => console.error(line) });
for (const wheel of wheels) {
  python.unpackArchive(new Uint8Array(readFileSync(wheel)), "whl"); // a Buffer is not taken
}
// Nothing but the standard library and the wheels: a need of anything else must show.
python.runPython(`
import importlib.util
for name in ("numpy", "networkx", "pandas", "matplotlib", "click"):
    assert importlib.util.find_spec(name) is None, name
`);
const program = readFileSync(new URL("same_loops.py", import.meta.url), "utf-8");
python.globals.set("__name__", "same_loops");
python.runPython(program);
console.log(python.runPython("main()"));
