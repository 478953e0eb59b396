# What Doxygen makes of the guides' links: it knows pages, but no headings in them, and only files that go into the site.
s/\]\(([a-z\/-]+\.md)#[^)]*\)/](\1)/g
s/\[([^]]*)\]\(#[^)]*\)/\1/g
s/\[([^]]*)\]\((\.\.\/)?(examples|LICENSE)[^)]*\)/\1/g
# The list of decisions is in the side bar.
s/\[([^]]*)\]\((docs\/)?decisions\/README\.md\)/\1/g
