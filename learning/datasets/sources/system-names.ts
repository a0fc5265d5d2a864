/**
 * Files and folders that operating systems, network drives and tools put beside pictures, in lower case. Names that
 * begin with a dot are hidden anyway: `._x.jpg`, `.DS_Store`, `.ipynb_checkpoints`, `.git`, `.Trash-1000`, `.@__thumb`.
 */
const SYSTEM_NAMES = new Set([
  // Windows
  ...['thumbs.db', 'ehthumbs.db', 'ehthumbs_vista.db', 'desktop.ini', 'autorun.inf', 'folder.htt'],
  ...['$recycle.bin', 'system volume information', 'pagefile.sys'],
  // macOS
  ...['__macosx', 'icon\r', 'network trash folder', 'temporary items', 'thevolumesettingsfolder'],
  // Linux and Android
  ...['lost+found', 'lost.dir'],
  // Synology and QNAP
  ...['@eadir', '@tmp', '#recycle', '#snapshot', '@recycle', '@recently-snapshot', '@sharebin'],
  // Tools
  ...['__pycache__'],
]);

/** Names with a variable part, in lower case. */
const SYSTEM_PATTERNS = [
  /^found\.\d{3}$/,
  /^thumbs\.db:/,
  /^~\$/,
  /@syno(eastream|resource)$/,
  /^fseventsd-uuid$/,
];

/**
 * Whether a file or folder of this name is hidden or belongs to a system or tool, so that it holds no pictures of a
 * data set. A path that a person names (a CSV row, a setting) is used whatever its name is.
 */
export function isSystemName(name: string): boolean {
  if (name.startsWith('.')) return true;
  const lower = name.toLowerCase();
  return SYSTEM_NAMES.has(lower) || SYSTEM_PATTERNS.some((pattern) => pattern.test(lower));
}
