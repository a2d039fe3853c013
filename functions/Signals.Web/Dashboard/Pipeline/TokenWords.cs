using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Security;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What the forms about API tokens ask and answer.</summary>
internal static class TokenWords
{
    private const int MaxFieldChars = 100;

    public static string ToldOnce(Reader reader, NewNamedToken made) =>
        reader.Say($"The token of “{made.Token.Name}”, shown this once; copy it now: {made.Secret}");

    /// <summary>The role that a form names. Throws <see cref="ApiRefusal"/> for none of them: no role is guessed.</summary>
    public static DashboardRole RoleOf(FormRequest request)
    {
        string found = request.Text("role", MaxFieldChars);
        return DashboardRoles.Of(found) ?? throw ApiRefusal.BadParameter("role", found, DashboardRoles.Expected);
    }

    /// <summary>What a role is called.</summary>
    public static string Role(Reader reader, DashboardRole role) =>
        role switch
        {
            DashboardRole.Admin => reader.Say("Admin"),
            DashboardRole.Manager => reader.Say("Manager"),
            DashboardRole.Reader => reader.Say("Reader"),
            _ => "–",
        };

    /// <summary>The choice of a role, each with what it means.</summary>
    public static IEnumerable<(string Value, string Text)> Roles(Reader reader) =>
        [
            (DashboardRole.Reader.Word(), reader.Say("reader: read everything but who wants no mail")),
            (DashboardRole.Manager.Word(), reader.Say("manager: also review, answer alerts, say who wants no mail")),
            (DashboardRole.Admin.Word(), reader.Say("admin: also make write keys, hand out and erase what is known of people")),
        ];

    public static string Gone(Reader reader) => reader.Say("There is no such valid token any more.");

    public static string Refused(Reader reader, NamedTokenException refusal) => reader.Say($"No token was made. {refusal.Reason}");
}
