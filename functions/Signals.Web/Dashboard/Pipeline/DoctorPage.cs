using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Doctor;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>
/// Whether everything around the app works, and what to do where it does not. Other machines (a time server, name servers, the public
/// address) are asked when somebody says so; test messages leave when an admin sends them.
/// </summary>
internal sealed class DoctorPage(DoctorVisit doctor) : IDashboardPage
{
    public const string NetworkParameter = "network";

    private const string Asked = "yes";

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        bool asksTheNetwork = Query.OneOf(request.Http, NetworkParameter, [Asked]) == Asked;
        var findings = new List<DoctorFinding>();
        await foreach (var finding in doctor.LookAsync(asksTheNetwork, request.Cancellation))
            findings.Add(finding);
        string title = reader.Say("Doctor");
        string lead = reader.Say(
            "What is around the app and fails in silence: what the model lacks, names that nobody sends, disk, clock, mail, address."
        );
        return new DashboardPage(
            title,
            $"""
            {PipelineHeading.Of(reader, PipelineAddresses.Doctor, title, lead)}
            {Table(reader, findings)}
            {Network(reader, asksTheNetwork)}
            {Tests(reader)}
            """
        );
    }

    private static Html Table(Reader reader, IReadOnlyList<DoctorFinding> findings)
    {
        string title = reader.Say("What was found");
        return $"""
            <section><h2 id="found">{title}</h2>
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Matter")}</th><th scope="col">{reader.Say("State")}</th>
            <th scope="col">{reader.Say("What it is, and what to do")}</th></tr></thead>
            <tbody>{findings.Select(finding => Html.Of(
                $"""
                <tr><th scope="row">{reader.Say(finding.Subject)}</th><td>{Verdict(reader, finding.Verdict)}</td>
                <td class="words">{reader.Say(finding.Text)}</td></tr>
                """))}</tbody></table></div></section>
            """;
    }

    private static Html Verdict(Reader reader, DoctorVerdict verdict) =>
        verdict switch
        {
            DoctorVerdict.Good => Html.Of($"""<span class="tag good">{reader.Say("well")}</span>"""),
            DoctorVerdict.Hint => Html.Of($"""<span class="tag warn">{reader.Say("to know")}</span>"""),
            DoctorVerdict.Wrong => Html.Of($"""<span class="tag bad">{reader.Say("wrong")}</span>"""),
            _ => Html.Of($"""<span class="tag">{reader.Say("not known")}</span>"""),
        };

    private static Html Network(Reader reader, bool asksTheNetwork) =>
        asksTheNetwork
            ? Html.Empty
            : Html.Of(
                $"""
                <p class="more"><a href="{PipelineAddresses.Doctor}?{NetworkParameter}={Asked}">{reader.Say(
                    "Ask other machines too: a time server, the name servers of the sender’s domain, the public address"
                )}</a></p>
                """
            );

    private static Html Tests(Reader reader)
    {
        string title = reader.Say("Test messages");
        if (!reader.May(DashboardRole.Admin))
            return $"""
                <section><h2 id="tests">{title}</h2>
                <p class="note">{reader.Say("An admin can send test messages.")}</p></section>
                """;
        Html mail = $"""
            <label class="field"><span>{reader.Say("Address for a test mail")}</span>
            <input type="email" name="{TestMailForm.AddressField}" required
                maxlength="{TestMailForm.MaxAddressChars}" autocomplete="email"></label>
            {Form.Button(reader.Say("Send a test mail"))}
            """;
        return $"""
            <section><h2 id="tests">{title}</h2>
            <p class="note">{reader.Say("They leave at once, also in dry-run, the way mails and alerts go. Customers get none.")}</p>
            {Form.Post(reader, PipelineAddresses.TestMail, mail)}
            {Form.Post(reader, PipelineAddresses.TestChat, Form.Button(reader.Say("Send a test message to each chat")))}
            </section>
            """;
    }
}
