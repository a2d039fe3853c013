using Signals.Core.State.Team;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Team;

/// <summary>One's own passkeys among one's settings.</summary>
internal sealed class PasskeySection(PasskeyDesk desk, PasskeyBook keys)
{
    public const string NameField = "name";

    /// <summary>Nothing where passkeys are not offered.</summary>
    public async Task<Html> OfAsync(Reader reader, TeamUser user, CancellationToken cancellationToken)
    {
        if (!desk.IsOffered)
            return Html.Empty;
        var own = await keys.ListAsync(user.Id, cancellationToken);
        Html list =
            own.Count == 0
                ? Html.Of($"""<p class="empty">{reader.Say("You have none yet: links by mail let you in.")}</p>""")
                : Html.Of($"""<ul class="list passkeys">{own.Select(key => Row(reader, key))}</ul>""");
        Html add =
            own.Count < PasskeyBook.MaxKeys
                ? Html.Of($"""<p><a class="button second" href="{TeamAddresses.NewPasskey}">{reader.Say("Add a passkey")}</a></p>""")
                : Html.Empty;
        return $"""
            <section id="passkeys"><h2>{reader.Say("Passkeys")}</h2>
            {list}{add}</section>
            """;
    }

    private static Html Row(Reader reader, Passkey key)
    {
        Html used = key.UsedOn is { } day
            ? reader.SayHtml($"last used on {Html.Of($"{reader.Day(day)}")}")
            : Html.Of($"{reader.Say("passkey|not used yet")}");
        return $"""
            <li><div class="what"><p>{Html.Isolated(key.Name)}</p>
            <p class="line quiet">{reader.SayHtml($"added on {reader.TimeDay(key.CreatedAt)}")} · {used}</p></div>
            <div class="actions">{Form.Post(
                reader,
                TeamAddresses.RemovePasskey,
                $"""
                {Form.Hidden(FormRequest.IdField, key.Id)}
                <button type="submit" class="second">{reader.Say("Remove")}<span class="unseen"> {key.Name}</span></button>
                """)}</div></li>
            """;
    }
}
