import type { PlatformField, PlatformRule, PlatformView } from '@wirebook/api';
import type { FlowDocument } from '@wirebook/flow';
import type { NodeDescriptor } from '@wirebook/node-kit';
import { chooseWidget, type PickerSource } from './choose-widget.ts';

/** Something to choose: what the config holds, and what a person calls it. */
export interface PickerOption {
  readonly value: string;
  readonly label: string;
  /** More to tell it by, e.g. its destination. */
  readonly detail: string;
}

export interface PickerPlace {
  readonly document: Pick<FlowDocument, 'nodes'>;
  readonly nodeId: string;
  readonly descriptor: Pick<NodeDescriptor, 'config'>;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What a picker offers at a place; pickers of nodes need no platform. Null: that is not known while the platform is not. */
export function listPickerOptions(
  source: PickerSource,
  platform: PlatformView | undefined,
  place: PickerPlace,
): readonly PickerOption[] | null {
  if (source.kind === 'nodes') {
    const others = place.document.nodes.filter(({ id }) => id !== place.nodeId);
    return others.map(({ name, type }) => ({ value: name, label: name, detail: type }));
  }
  if (platform === undefined) return null;
  switch (source.kind) {
    case 'connection':
      return [{ value: platform.connection, label: platform.connection, detail: `organisation ${platform.orgId}` }];
    case 'folder':
      return platform.folderNames.map((name) => ({ value: name, label: name, detail: 'file_folders of app.config' }));
    case 'function':
      return platform.functions.map(({ name, label, destination }) => ({ value: name, label, detail: `on ${destination}` }));
    case 'destination':
      return platform.destinations.map(({ name, label, expectsAck }) => ({
        value: name,
        label,
        detail: expectsAck ? 'expects a reply' : 'expects no reply',
      }));
    case 'rules':
      return listRules(platform, findConfigValue(place, 'destination')).map(({ name, objectType, kind, isEnabled }) => ({
        value: name,
        label: name,
        detail: `${kind === 'menu-item' ? 'menu item' : 'automatic'} on ${objectType}${isEnabled ? '' : ', disabled'}`,
      }));
    case 'field':
      return (platform.fields[source.objectType] ?? []).map(toFieldOption);
    case 'values':
      return listValues(platform, source);
    case 'table':
      return platform.tables.map(({ name, label, columns }) => ({ value: name, label, detail: `${columns.length} columns` }));
    case 'column':
      return findTable(platform, place)?.columns.map(toFieldOption) ?? null;
    default:
      return source satisfies never;
  }
}

/** The option of a value; a custom field may be written with or without its prefix. */
export function findOption(options: readonly PickerOption[], value: string): PickerOption | undefined {
  return options.find((option) => option.value === value) ?? options.find((option) => option.value === withoutPrefix(value));
}

/** The options that hold all words of what was typed; all of them, when the text is one of them already. */
export function filterOptions(options: readonly PickerOption[], text: string): readonly PickerOption[] {
  if (options.some(({ value }) => value === text)) return options;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter(({ value, label, detail }) => {
    const all = `${value} ${label} ${detail}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/**
 * The field or column that stands beside a value in the same row of a config: the sibling whose picker names one. Undefined when none
 * is chosen or the platform does not know it.
 */
export function findFieldBeside(
  row: unknown,
  rowFields: NodeDescriptor['config']['properties'],
  platform: PlatformView | undefined,
  place: PickerPlace,
): PlatformField | undefined {
  if (platform === undefined || typeof row !== 'object' || row === null) return undefined;
  for (const [key, field] of Object.entries(rowFields)) {
    const widget = chooseWidget(field);
    const name: unknown = Object.hasOwn(row, key) ? Reflect.get(row, key) : undefined;
    if (widget.kind !== 'picker' || typeof name !== 'string') continue;
    const fields = widget.source.kind === 'column' ? findTable(platform, place)?.columns : listFields(platform, widget.source);
    const found =
      fields?.find((candidate) => candidate.name === name) ?? fields?.find((candidate) => candidate.name === withoutPrefix(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function listFields(platform: PlatformView, source: PickerSource): readonly PlatformField[] | undefined {
  return source.kind === 'field' ? platform.fields[source.objectType] : undefined;
}

/** By label: a flow that is moved to another organisation finds it there, where ids differ. */
function listValues(platform: PlatformView, { objectType, field }: Extract<PickerSource, { kind: 'values' }>): readonly PickerOption[] {
  const found = platform.fields[objectType]?.find(({ name }) => name === field);
  return (found?.values ?? [])
    .filter(({ isEnabled }) => isEnabled)
    .map(({ label, value }) => ({ value: label, label, detail: `id ${value}` }));
}

function listRules(platform: PlatformView, destination: string | undefined): readonly PlatformRule[] {
  return destination === undefined ? platform.rules : platform.rules.filter(({ destinations }) => destinations.includes(destination));
}

function findTable(platform: PlatformView, place: PickerPlace) {
  const name = findConfigValue(place, 'table');
  return platform.tables.find((table) => table.name === name);
}

/** What the config has in the field whose picker offers this kind. */
function findConfigValue({ descriptor, config }: PickerPlace, kind: PickerSource['kind']): string | undefined {
  for (const [key, field] of Object.entries(descriptor.config.properties)) {
    const widget = chooseWidget(field);
    if (widget.kind !== 'picker' || widget.source.kind !== kind) continue;
    const value = Object.hasOwn(config, key) ? config[key] : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function toFieldOption({ name, label, inputType, prefix }: PlatformField): PickerOption {
  return { value: name, label, detail: prefix === null ? inputType : `${inputType}, custom` };
}

function withoutPrefix(name: string): string {
  return name.replace(/^properties\./, '');
}
