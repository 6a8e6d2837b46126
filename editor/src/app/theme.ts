import {
  ActionIcon,
  Button,
  CloseButton,
  createTheme,
  InputWrapper,
  type MantineColorsTuple,
  Menu,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';

/** Ten steps around the accent of the light theme; components take their exact colours from tokens.css. */
const accent: MantineColorsTuple = [
  '#e3edff',
  '#c6dbff',
  '#9cc0ff',
  '#7fb0ff',
  '#5c9dff',
  '#2f7bff',
  '#0f62fe',
  '#0b52d8',
  '#0843b1',
  '#06348a',
];

/** Greys of the dark theme around its panel, so that what Mantine colours itself has the tint of the tokens. */
const dark: MantineColorsTuple = [
  '#e7ecf2',
  '#c3ccd7',
  '#9aa6b4',
  '#6d7887',
  '#39424d',
  '#2b323b',
  '#222933',
  '#161b21',
  '#12171c',
  '#0f1317',
];

const compact = { size: 'xs' as const };
const motionMs = 120;

/** Mantine in the sizes and colours of the look. */
export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent, dark },
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  fontFamily: 'var(--wb-font)',
  fontFamilyMonospace: 'var(--wb-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '14px', xl: '16px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '16px' }, h2: { fontSize: '14px' }, h3: { fontSize: '13px' } } },
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 30 } }),
    Button: Button.extend({
      defaultProps: compact,
      styles: { root: { height: 'var(--wb-control)' } },
      // Mantine reckons the colour of words on the accent for the light theme only.
      vars: (_theme, { variant = 'filled', color }) => ({
        root: variant === 'filled' && color === undefined ? { '--button-color': 'var(--wb-on-accent)' } : {},
      }),
    }),
    // Of dialogs and notifications; Mantine gives it no name.
    CloseButton: CloseButton.extend({ defaultProps: { attributes: { root: { 'aria-label': 'Close' } } } }),
    // Nearly every field is required: the few that are not say so in words.
    InputWrapper: InputWrapper.extend({ defaultProps: { withAsterisk: false } }),
    TextInput: TextInput.extend({ defaultProps: compact }),
    PasswordInput: PasswordInput.extend({ defaultProps: compact }),
    NumberInput: NumberInput.extend({ defaultProps: compact }),
    Textarea: Textarea.extend({ defaultProps: compact }),
    Select: Select.extend({ defaultProps: compact }),
    Tabs: Tabs.extend({ defaultProps: { variant: 'default' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: motionMs } } }),
    Modal: Modal.extend({ defaultProps: { centered: true, padding: 'lg', transitionProps: { duration: motionMs } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: false, fz: 12 } }),
  },
});
