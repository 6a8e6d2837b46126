import { IconCheck, IconChevronDown, IconChevronRight, IconCopy, IconRoute, IconSquareArrowLeft, IconX } from '@tabler/icons-react';
import { isJsonObject, type JsonValue } from '@wirebook/errors';
import { memo, type ReactNode } from 'react';
import type { JsonMoreRow, JsonRow, JsonValueRow } from './json-rows.ts';
import { countChildren, pageSize } from './json-rows.ts';
import { JsonText } from './json-text.tsx';
import styles from './json-tree.module.css';

interface JsonTreeRowProps<Row extends JsonRow = JsonRow> {
  readonly row: Row;
  readonly isActive: boolean;
  readonly rootLabel: string;
  readonly copied: { readonly key: string; readonly isCopied: boolean } | null;
  readonly onFocus: (key: string) => void;
  readonly onToggle: (row: JsonRow) => void;
  readonly onCopy: (key: string, text: string) => void;
  readonly toPath: (row: JsonRow) => string;
  readonly onPath: ((path: string) => void) | undefined;
}

/** One line of a JSON tree. */
export const JsonTreeRow = memo(function JsonTreeRow(props: JsonTreeRowProps) {
  const { row, isActive, onFocus, onToggle } = props;
  const isValue = row.kind === 'value';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys
    <div
      role="treeitem"
      tabIndex={isActive ? 0 : -1}
      aria-level={row.level}
      aria-label={isValue ? describeRow(row, props.rootLabel) : describeMore(row)}
      {...(isValue ? { 'aria-posinset': row.position, 'aria-setsize': row.setSize } : {})}
      {...(isValue && row.isOpen !== null ? { 'aria-expanded': row.isOpen } : {})}
      data-key={row.key}
      className={styles.row}
      style={{ paddingLeft: (row.level - 1) * 14 }}
      onFocus={() => onFocus(row.key)}
      onClick={() => onToggle(row)}
    >
      {isValue ? <ValueLine {...props} row={row} /> : <span className={styles.link}>{describeMore(row)}</span>}
    </div>
  );
});

function ValueLine({ row, isActive, rootLabel, copied, onCopy, toPath, onPath }: JsonTreeRowProps<JsonValueRow>) {
  const step = row.steps.at(-1);
  const pathKey = `path ${row.key}`;
  const valueKey = `value ${row.key}`;
  return (
    <>
      <span className={styles.chevron} aria-hidden>
        {row.isOpen === null ? null : row.isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
      </span>
      <span className={typeof step === 'number' ? styles.index : styles.name}>{step ?? rootLabel}</span>
      <span className={styles.colon}>:</span> <ValueExcerpt value={row.value} isOpen={row.isOpen === true} />
      <span className={styles.acts}>
        {onPath === undefined ? null : (
          <RowButton label={`Use ${toPath(row)}`} isActive={isActive} onClick={() => onPath(toPath(row))}>
            <IconSquareArrowLeft size={14} stroke={1.75} />
          </RowButton>
        )}
        <RowButton label={`Copy path ${toPath(row)}`} isActive={isActive} onClick={() => onCopy(pathKey, toPath(row))}>
          <CopyIcon state={copied?.key === pathKey ? copied.isCopied : null} icon={<IconRoute size={14} stroke={1.75} />} />
        </RowButton>
        <RowButton label="Copy value" isActive={isActive} onClick={() => onCopy(valueKey, toCopy(row.value))}>
          <CopyIcon state={copied?.key === valueKey ? copied.isCopied : null} icon={<IconCopy size={14} stroke={1.75} />} />
        </RowButton>
      </span>
    </>
  );
}

function CopyIcon({ state, icon }: { readonly state: boolean | null; readonly icon: ReactNode }) {
  if (state === null) return icon;
  return state ? <IconCheck size={14} stroke={1.75} /> : <IconX size={14} stroke={1.75} />;
}

interface RowButtonProps {
  readonly label: string;
  readonly isActive: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function RowButton({ label, isActive, onClick, children }: RowButtonProps) {
  return (
    <button
      type="button"
      className={styles.act}
      aria-label={label}
      title={label}
      tabIndex={isActive ? 0 : -1}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      {children}
    </button>
  );
}

function ValueExcerpt({ value, isOpen }: { readonly value: JsonValue; readonly isOpen: boolean }) {
  if (typeof value === 'string') return <JsonText text={value} />;
  if (typeof value === 'number') return <span className={styles.number}>{String(value)}</span>;
  if (typeof value === 'boolean') return <span className={styles.boolean}>{String(value)}</span>;
  if (value === null) return <span className={styles.null}>null</span>;
  return (
    <span className={styles.container}>
      {describeContainer(value)}
      {isOpen ? null : <span className={styles.preview}>{toPreview(value)}</span>}
    </span>
  );
}

function describeContainer(value: JsonValue): string {
  const count = countChildren(value);
  if (Array.isArray(value)) return count === 1 ? '[1 item]' : `[${count.toLocaleString('en')} items]`;
  return count === 1 ? '{1 key}' : `{${count.toLocaleString('en')} keys}`;
}

const previewKeys = 4;

/** The first names of an object, so that one need not open it to know it. */
function toPreview(value: JsonValue): string {
  if (!isJsonObject(value)) return '';
  const names = Object.keys(value);
  return ` ${names.slice(0, previewKeys).join(', ')}${names.length > previewKeys ? ', …' : ''}`;
}

function describeMore({ shown, total }: JsonMoreRow): string {
  return `Show ${Math.min(pageSize, total - shown)} more of ${total.toLocaleString('en')}`;
}

const spokenLength = 160;

/** Begins with what is seen, and says the type, which others tell from colours and quotes. */
function describeRow({ steps, value, isOpen }: JsonValueRow, rootLabel: string): string {
  const name = String(steps.at(-1) ?? rootLabel);
  if (typeof value === 'string')
    return `${name}: ${JSON.stringify(value.slice(0, spokenLength))}${value.length > spokenLength ? '…' : ''}, text`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${name}: ${value}, ${typeof value}`;
  if (value === null) return `${name}: null`;
  const preview = isOpen === true ? '' : toPreview(value);
  return `${name}: ${describeContainer(value)}${preview}, ${Array.isArray(value) ? 'list' : 'object'}`;
}

/** A text is copied without its quotes. */
function toCopy(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
