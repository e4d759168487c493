# %% [markdown]
# # A first map
#
# In 2015 the Multi-Agency Safeguarding Hub in Nottinghamshire was stuck: cases piled up, and each
# agency blamed the others. With an outside Enabler the team "built a 'systems map' that showed the
# system was creating feedback loops and making their problems worse" (*The Revolution will be
# Improvised Part II*, Leadership Centre, 2015). This notebook makes such a map from a handful of
# sentences, finds its loops, and leaves you with a picture and a file.

# %%
import loopmap as lm

# %% [markdown]
# ## Write down what people say
#
# One sentence a line: what drives what, and whether both move the same way (`+`) or opposite ways
# (`-`). A delay goes in brackets. That is nearly the whole notation.

# %%
m = lm.parse("""
title: Why the hub is stuck

Blame between agencies -> Information shared : -
Information shared -> Bottlenecks : -
Bottlenecks -> Performance of the hub : -
Performance of the hub -> Blame between agencies : -

Performance of the hub -> Fear of missing a case : -
Fear of missing a case -> Senior staff step in : +
Senior staff step in -> Performance of the hub : +
Senior staff step in -> Team autonomy : -
Team autonomy -> Problems solved together : +
Problems solved together -> Bottlenecks : - [delay]

loop R "Blame spiral": Blame between agencies, Information shared, Bottlenecks, Performance of the hub
loop B "Step in": Performance of the hub, Fear of missing a case, Senior staff step in
""")
m

# %% [markdown]
# ## Find the loops
#
# Every loop is listed, shortest first, and the list says whether it is complete. Reinforcing loops
# (R) amplify whatever happens; balancing loops (B) push back.

# %%
loops = lm.find_loops(m)
loops

# %%
for loop in loops:
    print(loop)

# %% [markdown]
# Stepping in helps at once: that is the balancing loop. But it also takes autonomy from the team, and
# with the autonomy goes the habit of solving problems together. That way round, stepping in makes
# the next step-in more likely. Highlight that loop:

# %%
longest = max(loops, key=len)
lm.draw(m, highlight=longest)

# %% [markdown]
# ## Change it
#
# A map is a value: every change gives a new one. `lm.widget(m)` does the same with the mouse or the
# keyboard, and `w.map` is the edited map. Here the team keeps its autonomy:

# %%
braver = m.remove(m.link("Senior staff step in", "Team autonomy"))
lm.find_loops(braver)

# %%
lm.diff(m, braver)

# %% [markdown]
# ## Keep it
#
# The text file holds everything the map says; the PDF goes on the wall. `overwrite=False` keeps a file
# that is there already, with what you may have typed into it.

# %%
lm.write(braver, "hub.loop", overwrite=False)
lm.draw(braver).save("hub.pdf", paper="A3")

# %% [markdown]
# The full map that we reconstructed from the report comes with loopmap: `lm.example("mash")`. It has
# 25 variables and 22 loops; the next notebook looks at who sees which of them.
