# %% [markdown]
# # Figures for a paper
#
# *For analysts who publish.* Journals want vector files, a given width, black and white that still reads, and
# the same figure when the reviewer asks for a change in March.

# %%
import loopmap as lm

m = lm.example("plymouth")
d = lm.draw(m, title=False, footer=False)
d

# %% [markdown]
# ## Vector files
#
# The ending says what is written. The same map gives the same bytes on every machine, so a figure under version
# control changes only when the map does.

# %%
import hashlib

digests = set()
for _ in range(2):
    lm.draw(m, title=False, footer=False).save("figure.pdf")
    digests.add(hashlib.sha256(open("figure.pdf", "rb").read()).hexdigest())
len(digests)

# %% [markdown]
# ## Two panels in your own figure
#
# `.on(ax)` draws into any matplotlib Axes. One layout for both panels keeps every name in its place.

# %%
from IPython.display import Image
from matplotlib.figure import Figure

loops = lm.find_loops(m)
figure = Figure(figsize=(11, 5), dpi=110)
for ax, loop in zip(figure.subplots(1, 2), loops, strict=False):
    panel = lm.draw(m, layout=d.layout, highlight=loop, title=False, legend=False, footer=False)
    panel.on(ax)
    ax.set_title(f"{loop.label}: {len(loop)} links")
figure.savefig("panels.pdf")
figure.savefig("panels.png")
Image("panels.png")

# %% [markdown]
# ## Black and white
#
# Colour is never the only carrier: signs stand beside the arrowheads, and `MONO` gives negative links an open
# head.

# %%
lm.draw(m, layout=d.layout, style=lm.MONO, title=False, footer=False)

# %% [markdown]
# Every colour, width and dash is a field of a `Style`:

# %%
from dataclasses import replace

house = replace(lm.PRINT, positive="#1b4965", negative="#9c1f1f", letters=True)
lm.draw(m, layout=d.layout, style=house, title=False, footer=False)

# %% [markdown]
# ## The reviewer wants one more link
#
# `near=` keeps the places; only what is new finds room.

# %%
first, last = m.variables[0], m.variables[-1]
revised = m.add(lm.Link(first, last, "+"))
lm.draw(revised, near=d, highlight=[(first, last)], title=False, footer=False)

# %% [markdown]
# ## The table beside it

# %%
table = lm.to_frame(loops)[["label", "kind", "length", "delayed", "path"]]
table.head()

# %%
print(table.head(3).assign(path=table["path"].map(", ".join)).to_csv(index=False))
