# %% [markdown]
# # Testing a loop finder
#
# *For researchers.* You have a program that finds feedback loops, and want to know whether it finds all of them.
# Published tools stop silently, start counting at another place, or treat parallel links as one; with a few
# hundred random maps and two oracles that shows in seconds.

# %%
import networkx as nx

import loopmap as lm
from loopmap.testing import brute_force_loops, random_map

# %% [markdown]
# ## What should be found
#
# Elementary circuits of links: no variable twice, parallel links make different loops, a self-link is a loop of
# length 1. The kind is the product of the signs; one unknown or disputed sign makes it undetermined.

# %%
m = random_map(7, variables=7, links=14)
m

# %%
lm.to_frame(lm.find_loops(m))[["label", "kind", "length", "signs"]].head(8)

# %% [markdown]
# ## Against brute force
#
# `brute_force_loops` tries every walk. It is slow and short enough to be read, and that is its virtue.

# %%
wrong = [
    seed
    for seed in range(150)
    for made in [random_map(seed, variables=6, links=11)]
    if tuple(lm.find_loops(made, at_most=None)) != brute_force_loops(made)
]
wrong

# %% [markdown]
# ## Against networkx, on larger maps
#
# `nx.simple_cycles` counts circuits of *variables*. On a map without parallel links that is the same number.


# %%
def disagreements(seeds, variables, links):
    found = []
    for seed in seeds:
        made = random_map(seed, variables=variables, links=links, parallel=0)
        G = nx.DiGraph((link.source, link.target) for link in made.causal_links)
        if lm.count_loops(made).total != sum(1 for _ in nx.simple_cycles(G)):
            found.append(seed)
    return found


disagreements(range(40), variables=16, links=40)

# %% [markdown]
# ## A finder that forgets
#
# Here is a plausible mistake: a search that marks a variable as *done* for good once it has been left. It looks
# right on small maps.


# %%
def hasty(made):
    after = {}
    for link in made.causal_links:
        after.setdefault(link.source, []).append(link)
    found, done = set(), set()

    def walk(path, on):
        for link in after.get(path[-1].target, ()):
            if link.target in on:
                trail = [*path, link]
                cycle = trail[[step.source for step in trail].index(link.target) :]
                start = min(range(len(cycle)), key=lambda i: cycle[i].source)
                found.add(lm.Loop(tuple(cycle[start:] + cycle[:start])))
            elif link.target not in done:
                walk([*path, link], on | {link.target})
        done.add(path[-1].target)

    for links in list(after.values()):
        for link in links:
            if link.source == link.target:
                found.add(lm.Loop((link,)))
            else:
                walk([link], {link.source, link.target})
    return found


missed = {
    seed: (len(hasty(made)), len(true))
    for seed in range(12)
    for made in [random_map(seed, variables=7, links=16)]
    for true in [brute_force_loops(made)]
}
missed

# %% [markdown]
# A failing map is more use when it is small: take links away for as long as it still fails.


# %%
def fails(made):
    return len(hasty(made)) < len(brute_force_loops(made))


smallest = random_map(10, variables=7, links=16)
while smaller := [less for link in smallest.links if fails(less := smallest.remove(link))]:
    smallest = smaller[0]
alone = set(smallest.variables) - {end for link in smallest.links for end in link.key[:2]}
smallest.remove(*alone)

# %% [markdown]
# [Hypothesis](https://hypothesis.readthedocs.io) does the same for whole test suites: `loopmap.testing.maps()` is a
# strategy for maps with every kind of element and link, awkward names and all.

# %% [markdown]
# ## More loops than anybody can list
#
# `count_loops` counts by kind and length without listing, so it has an answer where listing has none; and every
# answer says whether it is complete.

# %%
big = random_map(3, variables=26, links=90, parallel=0)
counted = lm.count_loops(big)
counted

# %%
some = lm.find_loops(big, at_most=1_000)
some.complete, some.complete_to_length, some.reason
