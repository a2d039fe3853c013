using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// The forms that ask the browser for a passkey. The script fills in what it answers; without it they say that they need it.
/// </summary>
internal static class PasskeyParts
{
    /// <summary>Where one signs in with a passkey.</summary>
    public const string SignInPath = "/signin/passkey";

    public const string CeremonyField = "ceremony";
    public const string CredentialField = "credential";

    /// <summary>An answer with the largest keys is far shorter.</summary>
    public const int MaxCredentialChars = 16_000;

    /// <summary>The page that asks for a passkey and signs in with it.</summary>
    public static DashboardPage SignIn(Reader reader, PasskeyQuestion question, string returnTo) =>
        MessagePages.Of(
            reader.Say("Your passkey"),
            $"""
            <form method="post" action="{SignInPath}" class="signin" data-passkey="get" data-options="{question.Options}">
            {Fields(question)}{Form.Hidden(FormRequest.ReturnField, returnTo)}
            {Form.Button(reader.Say("Sign in with a passkey"))}
            {Notes(reader)}</form>
            <p class="quiet">{reader.Say("Your device or security key asks you to confirm. Nothing secret leaves it.")}</p>
            <p><a href="/signin">{reader.Say("Sign in another way")}</a></p>
            """
        );

    /// <summary>What every such form carries.</summary>
    public static Html Fields(PasskeyQuestion question) =>
        $"""{Form.Hidden(CeremonyField, question.Ceremony)}<input type="hidden" name="{CredentialField}" value="">""";

    /// <summary>What is said where no key comes: hidden until the script knows.</summary>
    public static Html Notes(Reader reader) =>
        $"""
            <p class="problem" role="alert" data-passkey-none hidden>{reader.Say(
                "This browser has no passkeys, or not for this address.")}</p>
            <p class="problem" role="alert" data-passkey-failed hidden>{reader.Say(
                "No passkey came: it was declined, or there is none for this address. Try again, or sign in another way.")}</p>
            <noscript><p class="problem">{reader.Say("Passkeys need JavaScript in this browser.")}</p></noscript>
            """;
}
