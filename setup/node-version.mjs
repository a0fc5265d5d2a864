// @ts-check
/** The Node versions that Apprentice is tested with, as `engines` in package.json says: >=20.9.0 <27. */
const OLDEST = { major: 20, minor: 9 };
const NEWEST_MAJOR = 26;

/**
 * @param {string} version such as 20.20.2
 * @returns {string | undefined} a message with the remedy, or undefined when the version is supported
 */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const tooOld = major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor);
  if (!tooOld && major <= NEWEST_MAJOR) return undefined;
  return (
    `Apprentice needs Node.js ${OLDEST.major}.${OLDEST.minor} to ${NEWEST_MAJOR}; this is ${version} (${process.execPath}). ` +
    'Install a supported version, for example with `nvm install 24`, `fnm install 24` or from nodejs.org, and run the same command again.'
  );
}
