/** Networks pretrained on photographs: their weights, read without PyTorch, and their features. */
export { type BackboneCard, backboneCard } from './card.js';
export { backboneFeatures } from './features.js';
export { loadBackbone } from './load-backbone.js';
export { readStateDict } from './pytorch/read-state-dict.js';
export { BACKBONES, type BackboneName } from './table.js';
