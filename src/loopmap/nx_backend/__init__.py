"""loopmap as a networkx backend: ``nx.simple_cycles(G, backend="loopmap")``.

networkx finds this by the entry points in ``pyproject.toml`` and imports ``info`` whenever it is
itself imported, so nothing here may import anything.
"""
