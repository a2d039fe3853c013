using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Team;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard;

/// <summary>Pages that hold no more than a few words: the way in, and what went wrong.</summary>
internal static class MessagePages
{
    /// <param name="reader">Who came in.</param>
    /// <param name="address">The page that they wanted.</param>
    public static DashboardPage SignedIn(Reader reader, string address) =>
        Of(reader.Say("You are signed in"), $"""<p><a href="{address}">{reader.Say("Go on to the dashboard")}</a></p>""") with
        {
            GoesTo = address,
        };

    /// <param name="reader">Who came.</param>
    /// <param name="address">The page that was asked for, to be opened again by a reader who is signed in.</param>
    /// <param name="again">True when the browser may have held the cookie back because another site led here.</param>
    /// <param name="links">True where this process prints sign-in links; elsewhere only the API token opens the dashboard.</param>
    /// <param name="passkeys">True where a passkey signs in too.</param>
    public static DashboardPage SignIn(Reader reader, string address, bool again, bool links, bool passkeys) =>
        Of(
            reader.Say("Sign in first"),
            $"""
            <p>{reader.Say("Give your address, and a link comes by mail. It works once.")}</p>
            <form method="post" action="{SignInHandler.MailPath}" class="signin">{Form.Hidden(FormRequest.ReturnField, address)}
            <label class="field"><span>{reader.Say("Your mail address")}</span>
            <input type="email" name="{SignInHandler.AddressField}" autocomplete="email" required maxlength="{Mailbox.MaxChars}"></label>
            {Form.Button(reader.Say("Mail me a link"))}
            </form>
            {(passkeys ? ByPasskey(reader, address) : Html.Empty)}
            <p class="quiet">{reader.Say(
                "Signed in already and came from another site?")} <a href="{address}">{reader.Say(
                    "Open this page again")}</a></p>
            <details class="other-ways"><summary>{reader.Say("Other ways in")}</summary>
            {(links ? ByLink(reader) : ByToken(reader))}
            <form method="post" action="/signin" class="signin">{Form.Hidden(FormRequest.ReturnField, address)}
            <label class="field"><span>{reader.Say("API token")}</span>
            <input type="password" name="{SignInHandler.TokenField}" autocomplete="current-password" required></label>
            {Form.Button(reader.Say("Sign in"))}
            </form></details>
            """
        ) with
        {
            GoesTo = again ? address : null,
        };

    /// <summary>The same whoever asked: it does not tell whether the address is known.</summary>
    public static DashboardPage LinkIsMailed(Reader reader, string address) =>
        Of(
            reader.Say("Look into your mailbox"),
            $"""
            <p>{reader.SayHtml(
                $"If {Html.Of($"<strong>{Html.Isolated(address)}</strong>")} may come in here, a link is on its way to it.")}</p>
            <p>{reader.Say("It works once, for half an hour, and leads to the page that you wanted.")}</p>
            <p class="quiet">{reader.Say(
                "Nothing comes? Ask whoever runs Signals whether that address was invited.")}</p>
            """
        );

    /// <summary>What a mailed link shows: a button, because whatever scans mails opens links too.</summary>
    public static DashboardPage OpenMailed(Reader reader, TeamUser user, string token) =>
        Of(
            reader.Say("One more click"),
            $"""
            <p>{reader.SayHtml($"You come in as {Html.Of($"<strong>{Html.Isolated(user.Name)}</strong>")}.")}</p>
            <form method="post" action="{SignInHandler.OpenPath}" class="signin">{Form.Hidden(SignInHandler.TokenField, token)}
            {Form.Button(reader.Say("Sign in"))}</form>
            <p class="quiet">{reader.Say("It signs this browser in for 30 days. You see and end your sessions in your settings.")}</p>
            """
        );

    private static Html ByPasskey(Reader reader, string address) =>
        $"""
        <p><a class="button second" href="{Links.With(PasskeyParts.SignInPath, (FormRequest.ReturnField, address))}">{reader.Say(
            "Sign in with a passkey")}</a></p>
        """;

    private static Html ByLink(Reader reader) =>
        $"""
        <p>{reader.Say("Open the sign-in link that")} <code>signals serve</code> {reader.Say(
            "printed when it started. It works once, and signs this browser in for 30 days.")}</p>
        <p>{reader.SayHtml(
            $"No link left? Restart {Html.Of($"<code>signals serve</code>")}: it prints a new one each time. Or give the API token:")}</p>
        """;

    private static Html ByToken(Reader reader) =>
        $"""
        <p>{reader.Say(
            "Give the API token, the app’s setting")} <code>Signals__ApiToken</code>. {reader.Say(
                "It signs this browser in for 30 days.")}</p>
        """;

    public static DashboardPage NobodyIsLetIn(Reader reader) =>
        Of(
            reader.Say("Please try again in a moment"),
            Text(
                reader.Say("Nobody can be signed in just now: who comes in is written down, and the store cannot be reached."),
                Text(reader.Say("A link that you opened still works."))
            )
        );

    public static DashboardPage TooManyAttempts(Reader reader) =>
        Of(reader.Say("Too many attempts"), Text(reader.Say("That was not it either. Wait a minute before you try another one.")));

    public static DashboardPage NoRole(Reader reader) =>
        Of(
            reader.Say("You have no role here yet"),
            Text(reader.Say("You are signed in, but this app gave you none of its roles. Ask who runs it for Reader, Manager or Admin."))
        );

    public static DashboardPage NotAllowed(Reader reader, DashboardRole role) =>
        Of(
            reader.Say("Your role does not reach this far"),
            Text(reader.Say($"This takes the role {role.ToString()}. Ask who runs the app for it."), Back(reader))
        );

    public static DashboardPage NotOurForm(Reader reader) =>
        Of(
            reader.Say("That form was not sent from here"),
            Text(
                reader.Say(
                    "Nothing was changed. The page may have been open for days, or you signed in anew since. "
                        + "Open it again, then send the form."
                ),
                Back(reader)
            )
        );

    public static DashboardPage Wrong(Reader reader, int status, string? detail = null) =>
        status switch
        {
            StatusCodes.Status404NotFound => Of(
                reader.Say("There is no such page"),
                Text(reader.Say("An account may have another id now."), Back(reader))
            ),
            StatusCodes.Status405MethodNotAllowed => Of(
                reader.Say("That can’t be done here"),
                Text(reader.Say("Nothing was changed."), Back(reader))
            ),
            StatusCodes.Status409Conflict => Of(
                reader.Say("Somebody was faster"),
                Text(reader.Say("It changed meanwhile, and your change was not made."), Back(reader))
            ),
            StatusCodes.Status503ServiceUnavailable => Of(
                reader.Say("Please try again in a moment"),
                Text(reader.Say("The data can’t be read just now."), Back(reader))
            ),
            >= StatusCodes.Status500InternalServerError => Of(
                reader.Say("Something failed here"),
                Text(reader.Say("The app’s log says what. It is not your doing."), Back(reader))
            ),
            _ => Of(
                reader.Say("That can’t be understood"),
                Text(
                    reader.Say("A part of the address or form is not what this page expects."),
                    detail is null ? Html.Empty : $"""<p class="quiet" lang="en">{Html.Isolated(detail)}</p>""",
                    Back(reader)
                )
            ),
        };

    /// <summary>An account of which this version cannot read a row: which, what is wrong with it, and what to do.</summary>
    public static DashboardPage Unreadable(Reader reader, UnreadableRowException fault) =>
        Of(
            reader.Say("This account can’t be read"),
            $"""
            <p>{reader.Say(
                "Its data is not what this version of Signals writes. Nothing was changed, and all other accounts are served.")}</p>
            <p>{reader.Say("If a newer version of Signals ran on this data, run that one again.")} {reader.Say(
                "If not, the data is damaged: bring it back from a backup.")}</p>
            <p class="quiet" lang="en"><code>{Html.Isolated(fault.PartitionKey)} {Html.Isolated(fault.RowKey)}</code>:
            {Html.Isolated(fault.Reason)}</p>
            <p><a href="/pipeline">{reader.Say("All that can’t be read")}</a></p>
            {Back(reader)}
            """
        );

    internal static DashboardPage Of(string title, Html text) => new(title, $"""<div class="message"><h1>{title}</h1>{text}</div>""");

    private static Html Text(string sentence, params IEnumerable<Html> more) => $"<p>{sentence}</p>{more}";

    private static Html Back(Reader reader) => Link(reader.Say("To the start page"));

    private static Html Link(string text) => $"""<p><a href="/">{text}</a></p>""";
}
