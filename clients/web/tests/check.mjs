// Runs Biome's own program. Its wrapper package asks for a build for every platform, which not every package source holds.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const program = `node_modules/@biomejs/cli-linux-${process.arch}/biome`;
if (!existsSync(program)) {
  console.error(`There is no Biome for linux-${process.arch}: ${program} is missing.`);
  process.exit(2);
}
process.exit(spawnSync(program, ["check", ...process.argv.slice(2), "."], { stdio: "inherit" }).status ?? 1);
