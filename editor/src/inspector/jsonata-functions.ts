/** A function of expressions: its parameters, and what it gives. */
export interface ExpressionFunction {
  readonly name: string;
  readonly parameters: string;
  readonly gives: string;
}

/** `name(parameters) what it gives`, a line each. */
const lines = `
label(field, value?)|text of a select value of the incident, the artifact or the activity fields
string(value)|the value as text
length(text)|number of characters
substring(text, start, length?)|a part of the text
substringBefore(text, mark)|what stands before the mark
substringAfter(text, mark)|what stands behind the mark
uppercase(text)|the text in capitals
lowercase(text)|the text in small letters
trim(text)|the text without outer blanks, and single ones inside
pad(text, width, filler?)|the text filled up to a width; negative fills at the left
contains(text, part)|whether the part or pattern is in the text
split(text, mark, limit?)|the parts between the marks, as a list
join(list, mark?)|the texts of a list as one
match(text, pattern, limit?)|where the pattern fits, as a list
replace(text, pattern, text, limit?)|the text with what fits replaced
base64encode(text)|the text in Base64
base64decode(text)|the text behind Base64
encodeUrlComponent(text)|the text as part of an address
decodeUrlComponent(text)|the text behind a part of an address
encodeUrl(text)|an address with its blanks and letters escaped
decodeUrl(text)|an address without escapes
number(value)|the value as a number
abs(number)|the number without its sign
floor(number)|the whole number below
ceil(number)|the whole number above
round(number, digits?)|the nearest number with so many digits
power(number, exponent)|the power
sqrt(number)|the square root
random()|a number from 0 to below 1
formatNumber(number, picture)|the number as text, e.g. "#,##0.00"
formatBase(number, base?)|the number in another base
formatInteger(number, picture)|the whole number as text or words
parseInteger(text, picture)|the whole number in the text
sum(list)|the sum of the numbers
count(list)|how many there are
max(list)|the greatest number
min(list)|the least number
average(list)|the mean of the numbers
append(list, list)|both lists as one
sort(list, function?)|the list in order
reverse(list)|the list from its end
shuffle(list)|the list in random order
distinct(list)|the list without repetitions
zip(list, …)|lists of the first, second, … items
boolean(value)|whether the value counts as true
not(value)|the opposite
exists(value)|whether there is a value
map(list, function)|what the function gives for each item
filter(list, function)|the items for which the function is true
single(list, function?)|the one item for which the function is true
reduce(list, function, start?)|the items folded into one value
sift(object, function)|the object with the keys for which the function is true
each(object, function)|what the function gives for each key
keys(object)|the keys, as a list
lookup(object, key)|the value of a key
spread(object)|a list of objects with one key each
merge(list)|the objects of a list as one
type(value)|the name of the kind of value
clone(value)|a copy
error(text)|ends the evaluation with an error
assert(condition, text)|ends the evaluation with an error when the condition is false
now(picture?, zone?)|the time of this evaluation as text
millis()|the time of this evaluation in milliseconds
fromMillis(number, picture?, zone?)|milliseconds as text
toMillis(text, picture?)|the time in the text in milliseconds
`;

/** What JSONata offers in this product, with our own `$label`. */
export const expressionFunctions: readonly ExpressionFunction[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [, name = '', parameters = '', gives = ''] = /^(\w+)\((.*?)\)\|(.*)$/.exec(line) ?? [];
    return { name, parameters, gives };
  });
