import { useCanvasDialog } from './canvas-control-context.tsx';
import { CanvasMenu } from './canvas-menu.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { QuickAdd } from './quick-add.tsx';
import { RenameNodeDialog } from './rename-node-dialog.tsx';
import { SearchDialog } from './search-dialog.tsx';

/** What is open over the canvas; the dialogs of the header are drawn there. */
export function CanvasDialogs() {
  const dialog = useCanvasDialog();
  switch (dialog?.kind) {
    case 'quick-add':
      return <QuickAdd at={dialog.at} screen={dialog.screen} from={dialog.from} only={dialog.only} />;
    case 'rename':
      return <RenameNodeDialog nodeId={dialog.nodeId} />;
    case 'connect':
      return <ConnectDialog nodeId={dialog.nodeId} />;
    case 'menu':
      return <CanvasMenu of={dialog.of} screen={dialog.screen} />;
    case 'search':
      return <SearchDialog />;
    case 'keys':
      return <KeysDialog />;
    default:
      return null;
  }
}
