using System.Text;
using System.Text.RegularExpressions;
using Signals.Core.Response.Messages;

namespace Signals.Messages.Syntax;

/// <summary>
/// A body as a card's blocks: a Handlebars template whose blocks begin with control characters, which no value can hold
/// (<see cref="Rendering.ValueEncoder"/>), and the reader of what it became. Greeting and signature are a letter's, and are left out.
/// </summary>
internal sealed partial class CardMarkup(string locale)
{
    private const char TextMark = '\u0002';
    private const char HeadingMark = '\u0003';
    private const char ItemMark = '\u0004';
    private const char FaqMark = '\u0005';
    private const char StepMark = '\u0006';
    private const char PartMark = '\u0007';

    private const string Greeted = "personName}}";
    private const string Signature = "{{senderName}}";

    private static readonly char[] Marks = [TextMark, HeadingMark, ItemMark, FaqMark, StepMark];

    private readonly StringBuilder _template = new();
    private bool _isFirst = true;

    public void Steer(string tag) => _template.Append(tag);

    public void Item(string item) => Add(ItemMark, item);

    public void Heading(string heading) => Add(HeadingMark, heading);

    public void Step(InlineLink link) =>
        _template.Append(StepMark).Append(InlineText.Plain(link.Label, locale)).Append(PartMark).Append(link.Url);

    public void Paragraph(string paragraph)
    {
        bool isGreeting = _isFirst && paragraph.Contains(Greeted, StringComparison.Ordinal);
        _isFirst = false;
        if (isGreeting || paragraph == Signature)
            return;
        var faq = Faq().Match(paragraph);
        if (!faq.Success)
        {
            Add(TextMark, paragraph);
            return;
        }
        Add(FaqMark, faq.Groups["question"].Value);
        _template.Append(PartMark).Append(InlineText.Plain(faq.Groups["answer"].Value, locale));
    }

    public override string ToString() => _template.ToString();

    /// <summary>The card of a filled-in template. What a mail says after its step is about writing back, and left out.</summary>
    public static RenderedCard Read(string filledIn, string title, string locale)
    {
        var body = new List<CardBlock>();
        var faq = new List<MessageFaq>();
        for (int at = filledIn.IndexOfAny(Marks); at >= 0; )
        {
            int next = filledIn.IndexOfAny(Marks, at + 1);
            string[] parts = filledIn[(at + 1)..(next < 0 ? filledIn.Length : next)].Split(PartMark, StringSplitOptions.TrimEntries);
            switch (filledIn[at])
            {
                case StepMark when parts is [var label, { Length: > 0 } url]:
                    return new RenderedCard(locale, title, body, faq, new CardStep(label, url));
                case FaqMark when parts is [var question, var answer]:
                    faq.Add(new MessageFaq(question, answer));
                    break;
                case TextMark or HeadingMark or ItemMark when parts[0].Length > 0:
                    body.Add(new CardBlock(KindOf(filledIn[at]), parts[0]));
                    break;
            }
            at = next;
        }
        return new RenderedCard(locale, title, body, faq, Step: null);
    }

    private void Add(char mark, string text) => _template.Append(mark).Append(InlineText.Plain(text, locale));

    private static CardBlockKind KindOf(char mark) =>
        mark switch
        {
            HeadingMark => CardBlockKind.Heading,
            ItemMark => CardBlockKind.Item,
            _ => CardBlockKind.Text,
        };

    /// <summary>A bold line and what stands under it.</summary>
    [GeneratedRegex(
        @"^\*\*(?<question>[^*\n]+)\*\*\\\n(?<answer>.+)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking
    )]
    private static partial Regex Faq();
}
