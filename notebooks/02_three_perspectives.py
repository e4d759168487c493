# %% [markdown]
# # Whose map is it?
#
# "Most people can only see part of the system." The Multi-Agency Safeguarding Hub in Nottinghamshire
# put police, health and social care into one office; each agency had its own idea of what the hub
# was for. Our reconstruction of its map keeps who is said to draw which link. This notebook takes it
# apart into perspectives, lays them together again, and looks for the loops that nobody sees alone.
#
# The report does not say who drew what: the attribution is ours and marked `illustrative`. Every
# answer below says so.

# %%
import loopmap as lm

m = lm.example("mash")
m.perspectives

# %% [markdown]
# ## Three maps
#
# What the police see, what children's social care sees, and what the team sees that runs the hub. On
# a real day these are three files from three tables.

# %%
three = ["Police", "Children's social care", "MASH operational team"]
maps = {who: m.perspective(who) for who in three}
for who, theirs in maps.items():
    print(f"{who}: {len(theirs.causal_links)} links, {len(lm.find_loops(theirs))} loops")

# %% [markdown]
# ## Lay them together
#
# Merging keeps every claim, so each link knows who drew it. The order does not matter, and merging a
# map twice changes nothing.

# %%
together = lm.merge(maps, title="Three perspectives on the hub")
together.link("Mutual understanding between agencies", "Divergence in risk judgements")

# %%
print(lm.compare_in_words(together, at_most=4))

# %% [markdown]
# The same as a table, one row a link. Silence is an empty cell: it is not disagreement.

# %%
lm.compare(together)[["source", "target", *sorted(maps), "verdict", "silent"]].head(8)

# %% [markdown]
# ## What each sees, and what nobody sees alone

# %%
lm.draw_panels(together, legend=False)

# %% [markdown]
# With all seven perspectives, 17 of the 22 loops appear only on merging. The smallest coalition says
# who must be in the room to see a loop at all.

# %%
shared = lm.shared_loops(m)
shared

# %%
shared.coalition_sizes

# %%
shared.to_frame()[["label", "name", "people", "coalition"]].tail(6)

# %% [markdown]
# The spiral of blame needs two of them:

# %%
blame = next(s for s in shared if s.loop.name == "Blame spiral")
print(blame.coalition)
lm.draw(m, highlight=blame.loop)

# %% [markdown]
# ## Who says what, on one picture
#
# Colours and letters say who drew a link. Where people give it opposite signs, the letters on the line
# spell that out; here nobody does.

# %%
lm.draw(together, by="perspective")

# %% [markdown]
# ## What crosses from one agency to another
#
# The map also says who answers for which variable. A link crosses a boundary when nobody holds both
# its ends: 11 of 38 links do, and 16 of the 22 loops run over at least one of them.

# %%
crossing = lm.boundary(m)
crossing

# %%
crossing.handovers()

# %% [markdown]
# ## How far can this be trusted?
#
# Each link says whether the report states it, names its two ends, or leaves it to us. Not one loop
# closes on what the report states.

# %%
print(lm.robustness(m))

# %% [markdown]
# If a workshop agreed on how likely a sign of each grade is to be right (these numbers are only an
# example: loopmap invents none), the best supported label would be little better than a coin.

# %%
given = {"stated": 0.95, "ends": 0.85, "inferred": 0.7}
likely = lm.robustness(m, probabilities=given).to_frame()
likely.sort_values("stays", ascending=False)[
    ["label", "name", "weakest", "weak_links", "stays"]
].head(3)

# %% [markdown]
# So which link should the room discuss first? The one whose sign decides most loops.

# %%
lm.most_decisive(m).head(3)
