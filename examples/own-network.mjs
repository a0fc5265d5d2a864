/**
 * A custom network, for `models: [{ kind: module, path: own-network.mjs, options: { filters: 32 } }]`.
 *
 * Takes pixels 0..255 of shape [batch, height, width, channels] and ends in its own softmax layer. `tf` is the TensorFlow
 * of the training; `seed` makes the initial weights reproducible, so that a resumed training gives the same result.
 */
export function build({ tf, image, classes, dropout, seed, options }) {
  const filters = options.filters ?? 16;
  const kernelInitializer = () => tf.initializers.heNormal({ seed: seed++ });
  const network = tf.sequential();
  network.add(
    tf.layers.rescaling({ scale: 1 / 255, inputShape: [image.height, image.width, image.channels] }),
  );
  for (const width of [filters, 2 * filters]) {
    network.add(
      tf.layers.conv2d({
        filters: width,
        kernelSize: 3,
        padding: 'same',
        kernelInitializer: kernelInitializer(),
      }),
    );
    network.add(tf.layers.batchNormalization({ momentum: 0.9 }));
    network.add(tf.layers.reLU());
    network.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  }
  network.add(tf.layers.globalAveragePooling2d({}));
  network.add(tf.layers.dropout({ rate: dropout }));
  network.add(tf.layers.dense({ units: classes, kernelInitializer: kernelInitializer() }));
  network.add(tf.layers.softmax());
  return network;
}
