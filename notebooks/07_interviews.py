# %% [markdown]
# # Six interviews, one map
#
# Six people were asked why patients wait in hospital beds although they are well enough to go home.
# Each drew a small map. The interviews are made up; the files are in `examples/interviews` of the
# repository. On the command line the same is
# `loopmap merge examples/interviews/*.loop -o together.loop` and `loopmap compare together.loop`.

# %%
from pathlib import Path

import loopmap as lm

folder = Path("../examples/interviews")
interviews = [lm.read(file) for file in sorted(folder.glob("*.loop"))]
for m in interviews:
    print(m)

# %% [markdown]
# ## Names first
#
# People write one thing in several ways. loopmap suggests which names may mean one thing and never
# joins them unasked: look at the list, take out what is wrong, and pass it on.

# %%
same = lm.likely_same(interviews)
same

# %%
together = lm.merge(interviews, same=same, title="Leaving hospital")
together

# %% [markdown]
# ## What do they disagree about?
#
# The second line says it in one sentence.

# %%
print(lm.compare_in_words(together, at_most=4))

# %% [markdown]
# On the picture the letters say who drew a link, and `FD+ BM−` is the contradiction: the family
# doctor says that pressure to discharge raises readmissions, the bed manager that it lowers them.

# %%
lm.draw(together, by="perspective", loops=None)

# %% [markdown]
# ## What do they share?
#
# Consensus keeps what at least two people drew. That is little: most of the map is in one head each,
# which is why almost no loop is.

# %%
shared_map = lm.consensus(together, at_least=2)
lm.draw(shared_map.focus(*{end for x in shared_map.links for end in x.key[:2]}, steps=0))

# %%
lm.shared_loops(together)

# %% [markdown]
# ## How far apart are they?
#
# Plain shares first, then the distances that the literature uses, each from 0 (the same) to 1.

# %%
doctor, manager = (together.perspective(who) for who in ("Family doctor", "Bed manager"))
lm.distance(doctor, manager).to_frame()

# %% [markdown]
# ## What would settling it change?
#
# Suppose the room looks at the records and sides with the family doctor. Eight loops hung on that sign;
# all of them turn out to be reinforcing.

# %%
link = together.link("Pressure to discharge", "Readmissions")
agreed = [claim for claim in link.claims if claim.perspective != "Bed manager"]
settled = together.remove(link).add(link.replace(claims=agreed))
changed = lm.diff(together, settled)
print(changed.text(at_most=5))

# %%
lm.draw_diff(together, settled)
