# %% [markdown]
# # The loops to talk about
#
# *For whoever prepares the conversation.* A workshop map easily has dozens of loops. Nobody can talk about
# dozens. This notebook picks the few that carry the story of one map, looks at what the choice leaves out,
# and turns it into pictures to show one after the other.
#
# The map is the Nottinghamshire safeguarding hub, put together by us from the words of a published report.
# The report prints no map: each link says how well it is supported, and the loops' stories are our reading.

# %%
import loopmap as lm

m = lm.example("mash")
loops = lm.find_loops(m)
loops

# %% [markdown]
# Twenty-two loops, and that is all of them. The names come from the map: somebody has already talked about
# nine of these loops. First, whether those are what they are said to be.

# %%
for finding in lm.check_named_loops(m):
    print(f"{finding.verdict:10} {finding.named.kind} {finding.named.name}")

# %% [markdown]
# ## A handful that covers the map
#
# `story_loops` chooses at most seven loops that together run along as many links as possible, and puts them in
# an order in which each one shares something with what has been told before.

# %%
story = lm.story_loops(m)
story

# %%
for loop in story:
    print(loop, end="\n\n")

# %% [markdown]
# Seven of twenty-two, and only one link is not on any of them:

# %%
story.uncovered

# %% [markdown]
# A short list is a reading aid. What it leaves out may matter: here the link by which *stepping in helps at
# once*. So tell that one too, by its name.

# %%
lm.draw(m, highlight="Step in", loops=["Step in", "Losing our nerve"])

# %% [markdown]
# And what the same act does in the longer run. Two loops, one decision: this is the conversation.

# %%
lm.draw(m, highlight="Losing our nerve", loops=["Step in", "Losing our nerve"])

# %% [markdown]
# ## Where the loops meet
#
# The variables and links that most loops run through are where a change would be felt in many places.

# %%
share = lm.participation(m)
for name, kinds in sorted(share.variables.items(), key=lambda item: -item[1].total)[:6]:
    print(f"{kinds.total:3} of {len(loops)} loops run through {name}")

# %%
for key, kinds in sorted(share.links.items(), key=lambda item: -item[1].total)[:6]:
    print(f"{kinds.total:3} run along {key.source} -> {key.target}")

# %% [markdown]
# ## Take it into the room
#
# One page a loop, the same places on every page, so that eyes need not search:

# %%
places = lm.draw(m).layout
for number, loop in enumerate(story, start=1):
    lm.draw(m, layout=places, highlight=loop, loops=[loop]).save(f"{number}.pdf", paper="A3")

# %% [markdown]
# In a notebook, `lm.widget(m)` walks through the loops with its arrows, named ones first.
