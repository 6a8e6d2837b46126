import type { Command } from 'commander';

export type Shell = 'bash' | 'zsh';

/** A script that completes commands and flags of the program as it is now; words that are neither are files. */
export function createCompletion(program: Command, shell: Shell): string {
  const cases = listCommands(program, []).map(({ path, words }) => `    '${path.join(' ')}') words='${words.join(' ')}' ;;`);
  const names = listCommands(program, [])
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => `'${path.join(' ')}'`);
  return [
    ...(shell === 'zsh' ? ['#compdef wirebook', 'autoload -U +X bashcompinit && bashcompinit'] : []),
    '_wirebook_complete() {',
    '  local path="" word words="" current="${COMP_WORDS[COMP_CWORD]}"',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "${path:+$path }$word" in',
    `      ${names.join('|')}) path="\${path:+$path }$word" ;;`,
    '    esac',
    '  done',
    '  case "$path" in',
    ...cases,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '  if [ ${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$current")); fi',
    '}',
    'complete -o filenames -F _wirebook_complete wirebook',
  ].join('\n');
}

interface Completed {
  readonly path: readonly string[];
  readonly words: readonly string[];
}

function listCommands(command: Command, path: readonly string[]): readonly Completed[] {
  const flags = command.options.filter(({ hidden }) => !hidden).flatMap(({ long, short }) => [long, short].flatMap((flag) => flag ?? []));
  const words = [...command.commands.map((child) => child.name()), ...flags, '--help'];
  return [{ path, words }, ...command.commands.flatMap((child) => listCommands(child, [...path, child.name()]))];
}
