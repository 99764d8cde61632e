/** The pages of one subject, such as a referral. `here` is the `href` of this page. */
export const SideNavigation = ({
  label,
  links,
  here,
}: {
  readonly label: string;
  readonly links: readonly { readonly href: string; readonly words: string }[];
  readonly here: string;
}) => (
  <nav aria-label={label}>
    <ul class="usa-sidenav">
      {links.map(({ href, words }) => (
        <li class="usa-sidenav__item">
          <a
            href={href}
            class={href === here ? 'usa-current' : undefined}
            aria-current={href === here ? 'page' : undefined}
          >
            {words}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
