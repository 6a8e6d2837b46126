import { useEffect } from 'react';
import { useCanvasTools } from './canvas-control-context.tsx';
import { copySelected, cutSelected, paste } from './clipboard-commands.ts';
import { canRun, targetNodeIds } from './command.ts';
import { commands, findCommand } from './commands.ts';
import { isSingleKey, readChord } from './key-chord.ts';

/** Listens for the keys of commands, and for the browser's own copy, cut and paste. Fields and code editors keep all of theirs. */
export function useCanvasKeys(): void {
  const { context, surface } = useCanvasTools();

  useEffect(() => {
    const hasFocus = () => surface.current?.contains(document.activeElement) === true;

    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || isTyping(event.target) || isInDialog(event.target)) return;
      const chord = readChord(event);
      const isCanvasFocused = hasFocus();
      // Buttons on the canvas keep Enter and Space.
      if (isSingleKey(chord) === false && !chord.includes('+') && event.target instanceof HTMLButtonElement) return;
      const command = findCommand(chord, context, { isCanvasFocused });
      if (command === null) return;
      event.preventDefault();
      event.stopPropagation();
      command.run(context);
    }

    function onClipboard(event: ClipboardEvent): void {
      if (!hasFocus() || isTyping(event.target) || event.clipboardData === null) return;
      const command = commands.find(({ id }) => id === event.type);
      if (command === undefined || !canRun(command, context)) return;
      event.preventDefault();
      if (event.type === 'paste') paste(context, event.clipboardData.getData('text/plain'), context.canvas.pointer().at);
      else if (targetNodeIds(context).length > 0) {
        event.clipboardData.setData('text/plain', event.type === 'cut' ? cutSelected(context) : copySelected(context));
      }
    }

    // Before the canvas library: its own meaning of arrows and Enter is taken by commands.
    document.addEventListener('keydown', onKeyDown, true);
    for (const type of ['copy', 'cut', 'paste'] as const) document.addEventListener(type, onClipboard);
    return () => {
      document.removeEventListener('keydown', onKeyDown, true);
      for (const type of ['copy', 'cut', 'paste'] as const) document.removeEventListener(type, onClipboard);
    };
  }, [context, surface]);
}

/** A field or a code editor. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, .monaco-editor, [contenteditable="true"]') !== null;
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
}
