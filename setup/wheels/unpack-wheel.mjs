// @ts-check
import { runCommand } from '../command.mjs';
import { sizeText } from '../quantities.mjs';

/** Python's zipfile checks the CRC of each file. File modes are kept: executables must stay executable. */
const UNPACK = `
import os, sys, zipfile
wheel, target, *prefixes = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    chosen = [i for i in archive.infolist() if not i.is_dir() and i.filename.startswith(tuple(prefixes))]
    for prefix in prefixes:
        if not any(i.filename.startswith(prefix) for i in chosen):
            sys.exit("nothing in the wheel begins with " + prefix)
    total, done, told = sum(i.file_size for i in chosen), 0, 0
    for info in chosen:
        path = os.path.join(target, info.filename)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(info) as source, open(path, "wb") as out:
            for chunk in iter(lambda: source.read(4 << 20), b""):
                out.write(chunk)
                done += len(chunk)
                if done - told > 16 << 20:
                    told = done
                    print(done, total, flush=True)
        if (info.external_attr >> 16) & 0o111:
            os.chmod(path, 0o755)
`;

/**
 * @param {string} wheel path
 * @param {string[]} prefixes of the files to unpack; each must match something
 * @param {{target: string, activity: string, python: string, environment: NodeJS.ProcessEnv, line: import('../progress.mjs').Line}} options
 */
export async function unpackWheel(wheel, prefixes, { target, activity, python, environment, line }) {
  line.doing(activity);
  await runCommand(python, ['-c', UNPACK, wheel, target, ...prefixes], {
    environment,
    onLine(said) {
      const [done, total] = said.split(' ').map(Number);
      if (done && total) line.doing(activity, `of ${sizeText(total)}`, done / total);
    },
  });
}
