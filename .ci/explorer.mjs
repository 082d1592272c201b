// `annals serve` and a browser, for checks of the explorer. Nothing that is begun here stays when the check ends,
// whatever happens.

import { spawn } from "node:child_process";
import path from "node:path";
import puppeteer from "puppeteer-core";
import { within } from "./deadline.mjs";

const servers = new Set();
let browser = null;
process.on("exit", () => {
  for (const server of servers) server.kill("SIGKILL");
  browser?.process()?.kill("SIGKILL");
});

// A server over a folder, the address at which it is entered once, and where its pages are.
export async function serve(program, folder) {
  // Pages show the folder as it was named: pictures of them shall not show where this machine has it.
  const { dir, base } = path.parse(path.resolve(folder));
  const own = program.includes("/") ? path.resolve(program) : program;
  const server = spawn(own, ["serve", base, "--port", "0"], { cwd: dir, stdio: ["ignore", "ignore", "pipe"] });
  servers.add(server);
  const entrance = await within(60, "the server's address", new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/\S+\/enter\?key=\w+/);
      if (found) resolve(found[0]);
    });
    server.on("exit", () => reject(new Error(`the server ended: ${said}`)));
  }));
  return { server, entrance, origin: new URL(entrance).origin };
}

// Ends a server as Ctrl-C does; its exit code.
export async function end({ server }) {
  const ended = new Promise((resolve) => server.on("exit", resolve));
  server.kill("SIGINT");
  const code = await within(30, "the server's end", ended);
  servers.delete(server);
  return code;
}

// Ends a server without a word.
export async function kill({ server }) {
  const ended = new Promise((resolve) => server.on("exit", resolve));
  server.kill("SIGKILL");
  await within(30, "the server's end", ended);
  servers.delete(server);
}

export async function browse() {
  browser = await within(150, "the browser", puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
    // On a busy machine it takes its time.
    timeout: 120_000,
  }));
  return browser;
}
