import { clipboardCommands } from './clipboard-commands.ts';
import { type Command, type CommandContext, canRun } from './command.ts';
import { editCommands } from './edit-commands.ts';
import { isSingleKey, type KeyChord } from './key-chord.ts';
import { viewCommands } from './view-commands.ts';
import { walkCommands } from './walk-commands.ts';

/** All commands of the canvas, in the order of menus and of the list of keys. */
export const commands: readonly Command[] = [...editCommands, ...clipboardCommands, ...viewCommands, ...walkCommands];

const byId = new Map(commands.map((command) => [command.id, command]));

/** Does what the command says, when it is possible now. */
export function runCommand(id: string, context: CommandContext): void {
  const command = byId.get(id);
  if (command !== undefined && canRun(command, context)) command.run(context);
}

export interface KeyPlace {
  /** The canvas has the keyboard: single letters act. Elsewhere only chords do. */
  readonly isCanvasFocused: boolean;
}

/** The command that a key stands for; null when nothing is to happen, so that the key keeps its meaning. */
export function findCommand(chord: KeyChord, context: CommandContext, { isCanvasFocused }: KeyPlace): Command | null {
  const found = commands.find(
    (command) =>
      command.isNative !== true && command.keys.includes(chord) && (isCanvasFocused || isGlobal(chord)) && canRun(command, context),
  );
  return found ?? null;
}

/** Chords that act anywhere on the page but in a field. */
function isGlobal(chord: KeyChord): boolean {
  return !isSingleKey(chord) && ['Mod+Z', 'Mod+Y', 'Mod+Shift+Z', 'Mod+F', 'Mod+D', 'Mod+,', 'Mod+Space', 'Mod+Alt+Space'].includes(chord);
}
