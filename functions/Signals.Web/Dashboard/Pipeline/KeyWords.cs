using Signals.Core.Intake.WriteAccess;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What the forms about write keys answer.</summary>
internal static class KeyWords
{
    private const int MaxFieldChars = 100;

    public static string ToldOnce(Reader reader, NewWriteKey made) =>
        reader.Say($"The key of “{made.Key.Name}”, shown this once; copy it now: {made.Secret}");

    /// <summary>The kind that a form names. Throws <see cref="ApiRefusal"/> for none of them: no kind is guessed.</summary>
    public static WriteKeyKind KindOf(FormRequest request)
    {
        string found = request.Text("kind", MaxFieldChars);
        return WriteKeyKinds.Of(found) ?? throw ApiRefusal.BadParameter("kind", found, "browser or server");
    }

    /// <summary>What a key's kind is called.</summary>
    public static string Kind(Reader reader, WriteKeyKind? kind) =>
        kind switch
        {
            WriteKeyKind.Browser => reader.Say("browser"),
            WriteKeyKind.Server => reader.Say("server"),
            _ => reader.Say("not said, believed like a server’s"),
        };

    /// <summary>The choice of a kind, each with what it means.</summary>
    public static IEnumerable<(string Value, string Text)> Kinds(Reader reader) =>
        [("browser", reader.Say("in pages and apps, where anybody can read it")), ("server", reader.Say("on our servers only"))];

    public static string Gone(Reader reader) => reader.Say("There is no such valid key any more.");

    public static string Refused(Reader reader, WriteKeyException refusal) => reader.Say($"No key was made. {refusal.Reason}");
}
