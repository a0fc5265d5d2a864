/**
 * Imported before TensorFlow: without oneDNN, eager execution and graphs take the same kernels. With it, eager execution
 * takes oneDNN's for softmax and for the gradient of max pooling, and a graph that is not rewritten TensorFlow's own.
 */
process.env['TF_ENABLE_ONEDNN_OPTS'] = '0';
