/** The compiled kernels, as base64. The build makes the module from assembly/ (setup/build/compile-kernels.mjs). */
export declare const BINARY: string;
