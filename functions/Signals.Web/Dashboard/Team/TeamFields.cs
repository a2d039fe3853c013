using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Time;
using Signals.Core.State.Team;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Team;

/// <summary>What forms about people of the team ask, and how it is read.</summary>
internal static class TeamFields
{
    public const string Name = "name";
    public const string Address = "address";
    public const string Zone = "zone";
    public const string Language = "language";
    public const string Csm = "csm";

    private const string CsmListId = "csms";
    private const int MaxFieldChars = 300;

    public static Html NameField(Reader reader, string? name) =>
        $"""
            <label class="field"><span>{reader.Say("Name")}</span>
            <input name="{Name}" value="{name}" required maxlength="{TeamUser.MaxNameChars}" autocomplete="name"></label>
            """;

    /// <summary>Whose accounts are theirs: chosen from the page's <see cref="CsmList"/>, or typed.</summary>
    public static Html CsmField(Reader reader, string? csm) =>
        $"""
            <label class="field"><span>{reader.Say("Their accounts: the CS manager’s name or address")}</span>
            <input name="{Csm}" value="{csm}" list="{CsmListId}" maxlength="{TeamUser.MaxCsmChars}" autocomplete="off"></label>
            """;

    /// <summary>The CS managers that accounts name, once on a page for all of its fields.</summary>
    public static Html CsmList(IReadOnlyList<string> known) =>
        $"""
            <datalist id="{CsmListId}">{known.Select(value => Html.Of($"<option value=\"{value}\"></option>"))}</datalist>
            """;

    public static Html LanguageField(Reader reader, string? language) =>
        Form.Select(Language, reader.Say("Language"), language, [("", reader.Say("As the browser asks")), .. Languages()]);

    public static Html ZoneField(Reader reader, string? zone) =>
        $"""
            <label class="field"><span>{reader.Say("Time zone, such as Europe/Paris; empty for the browser’s")}</span>
            <input name="{Zone}" value="{zone}" maxlength="100" autocomplete="off"></label>
            """;

    /// <summary>One of the languages that the team's pages are in, or null for the browser's.</summary>
    public static string? LanguageOf(FormRequest request)
    {
        string found = request.Text(Language, 20);
        if (found.Length == 0)
            return null;
        return Languages().Any(language => language.Code == found)
            ? found
            : throw ApiRefusal.BadParameter(Language, found, string.Join(", ", Languages().Select(language => language.Code)));
    }

    /// <summary>A zone's name as the platform has it, null for none; false for a name that nobody knows.</summary>
    public static bool TryZone(FormRequest request, out string? zone)
    {
        string found = request.Text(Zone, 100);
        zone = found.Length == 0 ? null : ZoneNames.Find(found)?.Id;
        return found.Length == 0 || zone is not null;
    }

    public static string? CsmOf(FormRequest request) => request.Text(Csm, TeamUser.MaxCsmChars) is { Length: > 0 } csm ? csm : null;

    /// <summary>A name on one line, or null for none that can be.</summary>
    public static string? NameOf(FormRequest request) =>
        request.Text(Name, MaxFieldChars) is { Length: > 0 and <= TeamUser.MaxNameChars } name && !name.Any(char.IsControl) ? name : null;

    public static Mailbox? AddressOf(FormRequest request) =>
        Mailbox.Parse(request.Text(Address, MaxFieldChars)) is { IsPlain: true } mailbox ? mailbox : null;

    private static IEnumerable<(string Code, string Name)> Languages() =>
        Core.Platform.Languages.Language.ForTeam.Select(language => (language.Code, language.Name));
}
