"""A first map: write down what people say, find the loops, leave a picture beside this script."""

from pathlib import Path

import loopmap as lm

m = lm.parse("""
    title: Why the hub keeps fire-fighting
    Backlog -> Pressure on staff : +
    Pressure on staff -> Mistakes : +
    Mistakes -> Backlog : +  [delay]
    Pressure on staff -> Overtime : +
    Overtime -> Backlog : -
    Overtime -> Tiredness : +  [delay]
    Tiredness -> Mistakes : +
""")

for loop in lm.find_loops(m):
    print(loop)

lm.draw(m, highlight="R1").save(Path(__file__).with_suffix(".svg"))
