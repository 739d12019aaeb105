// The append log's hands: synchronous access handles of the origin-private file system exist in workers only.
// It holds no state that matters: what to write and where comes with each message (src/browser/keeper/log.rs).
"use strict";

let folder;
let handle;

async function readHandle() {
  const size = await handle.getSize();
  const bytes = new Uint8Array(size);
  const read = size ? await handle.read(bytes, { at: 0 }) : 0;
  if (read !== size) throw new Error(`read ${read} of ${size} bytes`);
  return bytes;
}

async function openHandle(name) {
  const file = await folder.getFileHandle(name, { create: true });
  handle = await file.createSyncAccessHandle();
}

// Cuts the file at `at`, writes there, and is done only when the disk has every byte.
async function append({ at, bytes }) {
  if ((await handle.getSize()) !== at) await handle.truncate(at);
  try {
    const written = await handle.write(bytes, { at });
    if (written !== bytes.length) {
      const short = new Error(`wrote ${written} of ${bytes.length} bytes`);
      short.name = "QuotaExceededError";
      throw short;
    }
    await handle.flush();
  } catch (error) {
    try {
      await handle.truncate(at);
      await handle.flush();
    } catch {
      // The next append at `at` cuts again; the first error is the one to tell.
    }
    throw error;
  }
}

const operations = {
  // Names of all log files of a space.
  async list({ space }) {
    const root = await navigator.storage.getDirectory();
    folder = await root.getDirectoryHandle(space, { create: true });
    const names = [];
    for await (const name of folder.keys()) if (/^log-\d+$/.test(name)) names.push(name);
    return names;
  },
  // Opens one of this tab's two files, the one in use, and returns its bytes. Both are made at once and for good.
  async open({ name, spare }) {
    const other = await (await folder.getFileHandle(spare, { create: true })).getFile();
    await openHandle(name);
    const bytes = await readHandle();
    if (bytes.length || !other.size) return { name, bytes };
    handle.close();
    await openHandle(spare);
    return { name: spare, bytes: await readHandle() };
  },
  // The bytes of another tab's file, as far as they are written.
  async peek({ name }) {
    const file = await (await folder.getFileHandle(name)).getFile();
    return new Uint8Array(await file.arrayBuffer());
  },
  append,
  // Lets go of the file and opens it anew, to see what the disk really has.
  async reopen({ name }) {
    try {
      handle.close();
    } catch {
      // It may be the handle that is broken.
    }
    await openHandle(name);
    return readHandle();
  },
  // Empties a file that is not open.
  async empty({ name }) {
    const other = await (await folder.getFileHandle(name)).createSyncAccessHandle();
    try {
      await other.truncate(0);
      await other.flush();
    } finally {
      other.close();
    }
  },
};

onmessage = async ({ data }) => {
  try {
    postMessage({ value: await operations[data.operation](data) });
  } catch (error) {
    postMessage({ name: error.name || "Error", message: String(error.message || error) });
  }
};
