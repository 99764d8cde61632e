/** The design system has no types. Each of its parts finds its own elements below the one that it is switched on for. */
declare module '@uswds/uswds/js/usa-combo-box' {
  const comboBox: { on(root: HTMLElement): void; init(root: HTMLElement): void };
  export = comboBox;
}
declare module '@uswds/uswds/js/usa-date-picker' {
  const datePicker: { on(root: HTMLElement): void; init(root: HTMLElement): void };
  export = datePicker;
}
