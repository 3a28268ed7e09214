"""An independent client for the simulator: discord.py 2.7, as a second bot in the same guild.

Prints one JSON line for READY and one for every message it receives or sees edited or deleted, so that a test can
compare what the bot meant with what another implementation of Discord's protocol makes of it.

    python discord_py.py --http http://127.0.0.1:8765 --token TOKEN [--say CHANNEL_ID TEXT] [--seconds 30]

Needs: pip install discord.py==2.7.1. Ends by itself after --seconds, or when its standard input is closed.
"""

import argparse
import asyncio
import json
import sys

import discord
import yarl


def line(kind, **fields):
    print(json.dumps({"event": kind, **fields}, ensure_ascii=False), flush=True)


def described(message):
    return {
        "id": str(message.id),
        "channel": str(message.channel.id),
        "author": str(message.author.id),
        "author_name": message.author.name,
        "content": message.content,
        "embeds": [embed.to_dict() for embed in message.embeds],
        "components": [component.to_dict() for component in message.components],
        "flags": message.flags.value,
        "mentions": [str(user.id) for user in message.mentions],
        "reference": str(message.reference.message_id) if message.reference else None,
    }


class Witness(discord.Client):
    def __init__(self, options):
        intents = discord.Intents.none()
        intents.guilds = True
        intents.messages = True
        intents.message_content = True
        super().__init__(intents=intents, chunk_guilds_at_startup=False, guild_ready_timeout=0.2)
        self.options = options

    async def on_ready(self):
        guilds = [{"id": str(guild.id), "name": guild.name} for guild in self.guilds]
        line("ready", user=str(self.user.id), name=self.user.name, guilds=guilds)
        if self.options.say:
            channel_id, text = self.options.say
            channel = self.get_channel(int(channel_id)) or await self.fetch_channel(int(channel_id))
            sent = await channel.send(text, allowed_mentions=discord.AllowedMentions.none())
            line("said", id=str(sent.id))

    async def on_resumed(self):
        line("resumed")

    async def on_message(self, message):
        line("message", **described(message))

    async def on_raw_message_edit(self, payload):
        line("edit", **described(payload.message))

    async def on_raw_message_delete(self, payload):
        line("delete", id=str(payload.message_id), channel=str(payload.channel_id))


async def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--http", required=True, help="root of the simulator, e.g. http://127.0.0.1:8765")
    parser.add_argument("--token", required=True)
    parser.add_argument("--say", nargs=2, metavar=("CHANNEL_ID", "TEXT"))
    parser.add_argument("--seconds", type=float, default=0, help="stop after this long (0: when stdin closes)")
    options = parser.parse_args()

    # Both must point at this machine before anything connects: the defaults are the real Discord.
    root = options.http.rstrip("/")
    assert yarl.URL(root).host in ("127.0.0.1", "localhost"), "only a simulator on this machine"
    discord.http.Route.BASE = f"{root}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(root.replace("http", "ws", 1) + "/")

    async with Witness(options) as client:
        running = asyncio.create_task(client.start(options.token))
        if options.seconds:
            ending = asyncio.create_task(asyncio.sleep(options.seconds))
        else:
            ending = asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        await asyncio.wait({running, ending}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()


asyncio.run(main())
