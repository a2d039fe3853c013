using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Addresses;

/// <summary>
/// What the page behind the link says, in four states. The new address is a stranger's word: it is shown, and leads nowhere.
/// </summary>
internal sealed class AddressWords(Language language)
{
    public string Language => language.Code;

    public IResult Ask(string product, string address) =>
        Page(
            StatusCodes.Status200OK,
            Say("Is this your new address?"),
            Html.Of(
                $"""
                <p>{Say($"{product} would write to this address from now on, and no more to the one that got the mail:")}</p>
                <p><strong>{Html.Isolated(address)}</strong></p>
                <p>{Say("If you do not know it, close this page. Nothing was changed.")}</p>
                """
            ),
            $"""<form method="post"><button type="submit">{Say("Yes, write to this address")}</button></form>"""
        );

    public IResult Done(string product, string address) =>
        Page(
            StatusCodes.Status200OK,
            Say("Done"),
            Html.Of(
                $"""
                <p>{Say($"{product} writes to this address from now on:")}</p>
                <p><strong>{Html.Isolated(address)}</strong></p>
                """
            )
        );

    public IResult Gone() =>
        Page(
            StatusCodes.Status404NotFound,
            Say("This link does not work any more"),
            Html.Of($"<p>{Say("It was used, its time is over, or another address was named since. Nothing was changed.")}</p>")
        );

    public IResult Later() =>
        Page(
            StatusCodes.Status503ServiceUnavailable,
            Say("Please try again in a minute"),
            Html.Of($"<p>{Say("Your answer could not be saved just now. The same link will work in a moment.")}</p>")
        );

    private IResult Page(int status, string title, Html text, Html form = default) => CustomerPage.Of(Language, status, title, text, form);

    private string Say([English] string english) => language.Text(english);

    private string Say([English] PhraseText english) => Phrase.Of(english).In(language);
}
