export { compileConfig } from './expressions/compile-config.ts';
export type { CompileConfigOptions, CompiledConfig, ExpressionScope } from './expressions/compiled-config.ts';
