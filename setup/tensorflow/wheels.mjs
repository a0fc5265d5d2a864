// @ts-check
import { SetupError } from '../setup-error.mjs';

/**
 * The Python wheels that carry TensorFlow's C library.
 *
 * @typedef {import('../wheels/wheel.mjs').Wheel} Wheel
 * @typedef {'cpu' | 'gpu'} EngineKind
 * @typedef {{name: string, version: string, wheels: Wheel[], bytesNeeded: number}} EngineRelease
 */

const VERSION = '2.21.0';

/** The headers that the binding includes, out of 268 MB. */
const HEADERS = [
  'tensorflow/c/',
  'tensorflow/core/platform/ctstring',
  'tsl/platform/ctstring',
  'xla/tsl/c/',
].map((folder) => `tensorflow/include/${folder}`);
const LIBRARIES = ['tensorflow/libtensorflow_cc.', 'tensorflow/libtensorflow_framework.'];

/**
 * @param {string} name
 * @param {string} platform
 * @param {string} sha256
 * @param {number} [bytes]
 * @returns {Wheel}
 */
function tensorflow(name, platform, sha256, bytes) {
  const file = `${name.replace('-', '_')}-${VERSION}-cp311-cp311-${platform}.whl`;
  const unpack = [...LIBRARIES, ...HEADERS];
  return { name, version: VERSION, file, sha256, platform, unpack, ...(bytes ? { bytes } : {}) };
}

/**
 * @param {string} name
 * @param {string} version
 * @param {string} tag as in the file's name
 * @param {string} sha256
 * @returns {Wheel}
 */
function cuda(name, version, tag, sha256) {
  const project = `nvidia-${name}-cu12`;
  const file = `${project.replaceAll('-', '_')}-${version}-py3-none-${tag}.whl`;
  return { name: project, version, file, sha256, platform: tag.split('.')[0] ?? tag, unpack: ['nvidia/'] };
}

/** The dependencies of the wheel's "and-cuda" extra. Untested on a GPU. */
const CUDA = [
  cuda(
    'cublas',
    '12.9.3.13',
    'manylinux_2_27_x86_64',
    'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
  ),
  cuda(
    'cuda-cupti',
    '12.9.79',
    'manylinux_2_25_x86_64',
    '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
  ),
  cuda(
    'cuda-nvcc',
    '12.9.86',
    'manylinux2010_x86_64.manylinux_2_12_x86_64',
    '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
  ),
  cuda(
    'cuda-nvrtc',
    '12.9.86',
    'manylinux2010_x86_64.manylinux_2_12_x86_64',
    '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
  ),
  cuda(
    'cuda-runtime',
    '12.9.79',
    'manylinux2014_x86_64.manylinux_2_17_x86_64',
    '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
  ),
  cuda(
    'cudnn',
    '9.28.0.42',
    'manylinux_2_27_x86_64',
    '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
  ),
  cuda(
    'cufft',
    '11.4.1.4',
    'manylinux2014_x86_64.manylinux_2_17_x86_64',
    'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
  ),
  cuda(
    'curand',
    '10.3.10.19',
    'manylinux_2_27_x86_64',
    '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
  ),
  cuda(
    'cusolver',
    '11.7.5.82',
    'manylinux_2_27_x86_64',
    '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
  ),
  cuda(
    'cusparse',
    '12.5.10.65',
    'manylinux2014_x86_64.manylinux_2_17_x86_64',
    '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
  ),
  cuda(
    'nccl',
    '2.32.3',
    'manylinux_2_27_x86_64',
    'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
  ),
  cuda(
    'nvjitlink',
    '12.9.86',
    'manylinux2010_x86_64.manylinux_2_12_x86_64',
    'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
  ),
];

/** @type {Record<string, Partial<Record<EngineKind, Wheel[]>>>} only linux-x64 with cpu has been run */
const WHEELS = {
  'linux-x64': {
    cpu: [
      tensorflow(
        'tensorflow-cpu',
        'manylinux_2_27_x86_64',
        '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
        273_829_956,
      ),
    ],
    gpu: [
      tensorflow(
        'tensorflow',
        'manylinux_2_27_x86_64',
        '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
      ),
      ...CUDA,
    ],
  },
  'linux-arm64': {
    cpu: [
      tensorflow(
        'tensorflow',
        'manylinux_2_27_aarch64',
        '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
      ),
    ],
  },
  'darwin-arm64': {
    cpu: [
      tensorflow(
        'tensorflow',
        'macosx_12_0_arm64',
        '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
        223_405_849,
      ),
    ],
  },
};

/**
 * @param {EngineKind} kind
 * @param {string} [machine]
 * @returns {EngineRelease}
 * @throws {SetupError} if there is no engine for the machine
 */
export function engineRelease(kind, machine = `${process.platform}-${process.arch}`) {
  const wheels = WHEELS[machine]?.[kind];
  if (!wheels) {
    const known = Object.entries(WHEELS).flatMap(([name, kinds]) =>
      Object.keys(kinds).map((each) => `${name} (${each})`),
    );
    const windows = machine.startsWith('win32') ? ' On Windows, use WSL 2.' : '';
    throw new SetupError(
      `There is no TensorFlow ${VERSION} engine for ${machine} (${kind}); there is for ${known.join(', ')}.${windows}`,
    );
  }
  const name = `tensorflow-${VERSION}-${kind}-${machine}`;
  return { name, version: VERSION, wheels, bytesNeeded: kind === 'gpu' ? 12e9 : 1.2e9 };
}
