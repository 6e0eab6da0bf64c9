// Starts the GitHub service of `emulate`, found beside this file, and prints one line of JSON when it answers:
//   node emulator.mjs <port> <base url>
// The base url is what the service writes into its answers: the address of the recording proxy before it.
import { createInterface } from "node:readline";
import { createEmulator } from "emulate";

const [port, baseUrl] = process.argv.slice(2);

const permissions = { metadata: "read", contents: "read", checks: "write", issues: "write", pull_requests: "write", statuses: "write" };
const people = ["octocat", "lead", "dba", "mallory"];
const seed = {
  tokens: Object.fromEntries([["person", "admin"], ...people.map((name) => [name, name])].map(([token, login]) => [token, { login, scopes: ["repo"] }])),
  github: {
    // A token that nobody knows acts as the first user, so the first one may do nothing.
    users: [{ login: "ghost" }, { login: "admin" }, { login: "github-actions[bot]" }, ...people.map((login) => ({ login }))],
    orgs: [{ login: "acme", members: [{ login: "admin", role: "admin" }, ...["octocat", "lead", "dba"].map((login) => ({ login, role: "member" }))] }],
    repos: [{ owner: "acme", name: "infra", private: false, auto_init: true }],
    apps: [
      {
        app_id: 15368,
        slug: "github-actions",
        name: "GitHub Actions",
        permissions,
        events: [],
        installations: [{ installation_id: 1001, account: "acme", repository_selection: "all" }],
      },
    ],
  },
};

const emulator = await createEmulator({ service: "github", port: Number(port), hostname: "127.0.0.1", seed, baseUrl });
const key = emulator.generatedSecrets.find((secret) => secret.kind === "github.app_private_key");
console.log(JSON.stringify({ key: key.value }));

// Each line on the standard input asks for the seed's state again; its end is ours.
for await (const _ of createInterface({ input: process.stdin })) {
  emulator.reset();
  console.log("{}");
}
await emulator.close();
