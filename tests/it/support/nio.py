"""An independent Matrix client with end-to-end encryption (matrix-nio), driven by JSON lines.

On standard input one command a line: {"id": 1, "do": "send", "room": "!r:test.local", ...}.
On standard output its answer: {"id": 1, "ok": {...}} or {"id": 1, "error": "..."}, and, whenever
they happen, events: {"event": "message", ...}. It ends when standard input is closed, so that it
cannot outlive the test that started it. What matrix-nio logs goes to standard error.

To add a command: one more method `do_NAME` of Person, whose parameters are the command's fields
and whose result is the answer.
"""

import asyncio
import base64
import json
import logging
import sys

from nio import (
    AsyncClient,
    AsyncClientConfig,
    Event,
    InviteMemberEvent,
    MegolmEvent,
    RoomMember,
    SyncResponse,
)
from nio.crypto.attachments import decrypt_attachment


def out(**line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


class Person:
    def __init__(self):
        self.client = None
        self.syncing = None

    async def do_login(self, server, user, password, store):
        config = AsyncClientConfig(encryption_enabled=True, store_sync_tokens=True)
        client = AsyncClient(server, user, store_path=store, config=config)
        answer = await client.login(password, device_name="matrix-nio")
        if not client.access_token:
            raise RuntimeError(f"login refused: {answer}")
        self.client = client
        client.add_event_callback(self.on_event, Event)
        client.add_event_callback(self.on_invite, InviteMemberEvent)
        first = await client.sync(timeout=0, full_state=True)
        if not isinstance(first, SyncResponse):
            raise RuntimeError(f"sync refused: {first}")
        if client.should_upload_keys:
            await client.keys_upload()
        self.syncing = asyncio.create_task(client.sync_forever(timeout=10000, full_state=False))
        self.syncing.add_done_callback(self.on_sync_end)
        return {"user_id": client.user_id, "device_id": client.device_id}

    async def do_join(self, room):
        return self.checked(await self.client.join(room))

    async def do_create_room(self, name, invite, encrypted, direct):
        state = []
        if encrypted:
            state.append(
                {
                    "type": "m.room.encryption",
                    "state_key": "",
                    "content": {"algorithm": "m.megolm.v1.aes-sha2"},
                }
            )
        answer = await self.client.room_create(
            name=name, invite=invite, is_direct=direct, initial_state=state
        )
        self.checked(answer)
        await self.known(answer.room_id, encrypted)
        return {"room_id": answer.room_id}

    async def do_send(self, room, type, content):
        await self.known(room)
        answer = await self.client.room_send(room, type, content, ignore_unverified_devices=True)
        self.checked(answer)
        return {"event_id": answer.event_id}

    async def do_picture(self, content):
        """The file of a message, decrypted here when it is stored encrypted."""
        file = content.get("file")
        answer = await self.client.download(mxc=(file or content)["url"])
        self.checked(answer)
        data = answer.body
        if file:
            data = decrypt_attachment(data, file["key"]["k"], file["hashes"]["sha256"], file["iv"])
        return {"base64": base64.b64encode(data).decode()}

    async def do_redact(self, room, event):
        return self.checked(await self.client.room_redact(room, event))

    async def do_encrypted(self, room):
        """Whether this client sees the room as encrypted, and who is in it."""
        await self.known(room)
        seen = self.client.rooms[room]
        return {"encrypted": seen.encrypted, "members": sorted(seen.users)}

    async def do_wait_for_member(self, room, user):
        """Answers once this client knows that `user` has joined: only then has it their keys."""
        await self.known(room)
        while user not in self.client.rooms[room].users or user in self.client.rooms[room].invited_users:
            await self.synced()
        return {}

    async def known(self, room, encrypted=False):
        while room not in self.client.rooms or (encrypted and not self.client.rooms[room].encrypted):
            await self.synced()

    async def synced(self):
        waiting = asyncio.create_task(self.client.synced.wait())
        done, _ = await asyncio.wait({waiting, self.syncing}, return_when="FIRST_COMPLETED")
        if self.syncing in done:
            waiting.cancel()
            raise RuntimeError("the sync has ended")

    def checked(self, answer):
        if type(answer).__name__.endswith("Error"):
            raise RuntimeError(str(answer))
        return {}

    async def on_event(self, room, event):
        if isinstance(event, RoomMember):
            return
        source = event.source
        kind = "undecryptable" if isinstance(event, MegolmEvent) else "message"
        out(
            event=kind,
            room=room.room_id,
            sender=event.sender,
            event_id=event.event_id,
            type=source.get("type"),
            content=source.get("content"),
            body=getattr(event, "body", None),
            # Whether it came encrypted and was decrypted here; who sent it proves nothing.
            decrypted=bool(getattr(event, "decrypted", False)),
        )

    async def on_invite(self, room, event):
        if event.state_key == self.client.user_id and event.membership == "invite":
            out(event="invite", room=room.room_id, sender=event.sender)

    def on_sync_end(self, task):
        if not task.cancelled():
            out(event="sync_ended", error=repr(task.exception()))

    async def close(self):
        if self.syncing:
            self.syncing.cancel()
        if self.client:
            await self.client.close()


async def answer(person, line):
    number = None
    try:
        command = json.loads(line)
        number = command.pop("id")
        method = getattr(person, "do_" + command.pop("do"))
        out(id=number, ok=await method(**command))
    except Exception as error:  # The test decides what an error means.
        logging.exception("command failed")
        out(id=number, error=f"{type(error).__name__}: {error}")


async def main():
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    reader = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    person = Person()
    running = set()
    while line := await reader.readline():
        # Each command runs on its own: a wait must not hold the next command back.
        task = asyncio.create_task(answer(person, line))
        running.add(task)
        task.add_done_callback(running.discard)
    await person.close()


asyncio.run(main())
