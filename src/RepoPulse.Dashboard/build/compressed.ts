import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin, ResolvedConfig } from "vite";

/**
 * Writes each file compressed beside it, once and as small as can be, so that the server compresses nothing, and fails the build where
 * the page has grown past what it may weigh: a page that is light stays so only if somebody counts.
 */
export function compressed({ limitKilobytes }: { limitKilobytes: number }): Plugin {
  let config: ResolvedConfig;
  return {
    name: "repopulse-compressed",
    apply: "build",
    configResolved: (resolved) => void (config = resolved),
    closeBundle() {
      const folder = join(config.root, config.build.outDir);
      let total = 0;
      for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        const path = join(folder, name);
        if (!statSync(path).isFile()) continue;
        const content = readFileSync(path);
        const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
        writeFileSync(`${path}.br`, brotli);
        const gzip = gzipSync(content, { level: 9 });
        writeFileSync(`${path}.gz`, gzip);
        total += gzip.length;
      }
      const kilobytes = total / 1000;
      if (kilobytes > limitKilobytes)
        this.error(`The page weighs ${kilobytes.toFixed(1)} kB in gzip; ${limitKilobytes} kB are allowed.`);
      config.logger.info(`The page weighs ${kilobytes.toFixed(1)} kB in gzip, of ${limitKilobytes} kB allowed.`);
    },
  };
}
