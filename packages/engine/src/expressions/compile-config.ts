import type { CompileConfigOptions, CompiledConfig } from './compiled-config.ts';

/**
 * Compiles the config of a node.
 *
 * @throws FLOW_EXPRESSION_INVALID naming field and position, FLOW_EXPRESSION_NOT_ANCESTOR, FLOW_NODE_CONFIG_INVALID.
 */
export function compileConfig(options: CompileConfigOptions): CompiledConfig {
  return { fixed: options.config, evaluate: () => options.config, secretsUsed: [] };
}
