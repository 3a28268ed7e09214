# What only Discord says. The rest stands in the other files.

# The event could not be handled; the log has the trace.
discord-failed = Something broke on our side, and nothing was changed. Try again; if it goes on, tell the person who looks after the bot.
