using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Signals.Web.Dashboard.Access;
using Signals.Web.Doctor;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

/// <summary>What the doctor's page finds, and the test messages that an admin sends from it.</summary>
public sealed class DoctorPageTests : IAsyncLifetime
{
    private const string Path = "/pipeline/doctor";

    private readonly SignalsHost _host = new()
    {
        Configure = services => services.AddSingleton<IDashboardAccess, AppServiceAccess>().AddSingleton<IDoctorCheck, Broken>(),
    };

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("en", "live: mail is sent", "No event came yet", "Both answer", "This could not be looked at: it is asleep")]
    [InlineData("fr", "en service", "Aucun événement", "répondent", "it is asleep")]
    public async Task It_tells_of_each_matter_how_it_is_and_goes_on_where_one_cannot_be_looked_at(string language, params string[] words)
    {
        var reader = DashboardBrowser.OfPrincipal(_host, "Reader");
        reader.Headers["Accept-Language"] = language;

        var page = await reader.OpenAsync(Path);

        string told = page.QuerySelector("table")!.TextContent;
        Assert.All(words, word => Assert.Contains(word, told, StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll($"form[action^='{Path}']"));
    }

    [Fact]
    public async Task A_name_that_is_nearly_the_models_is_wrong_and_named()
    {
        await _host.SendAsync(SignalsHost.Track("ann", "acme", "Export completed"), SignalsHost.Track("ann", "acme", "Export Started"));
        await _host.FoldAsync();
        await _host.Services.GetRequiredService<Core.State.Seen.SeenBook>().FlushAsync(TestContext.Current.CancellationToken);

        var page = await DashboardBrowser.OfPrincipal(_host, "Reader").OpenAsync(Path);

        var row = page.QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("nearly the model's", StringComparison.Ordinal));
        Assert.Contains("Export completed", row.TextContent, StringComparison.Ordinal);
        Assert.NotNull(row.QuerySelector(".tag.bad"));
    }

    [Fact]
    public async Task An_admin_sends_a_test_mail_and_the_trail_says_who_did()
    {
        var admin = DashboardBrowser.OfPrincipal(_host, "Admin");

        var told = await admin.SubmitAsync(Form(await admin.OpenAsync(Path), $"{Path}/mail"), ("address", "me@nimbus.example"));

        Assert.Contains("Accepted for me@nimbus.example", Notice(told), StringComparison.Ordinal);
        Assert.Contains("doctor.mailed", (await admin.OpenAsync("/pipeline/audit")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_address_gets_no_mail()
    {
        var admin = DashboardBrowser.OfPrincipal(_host, "Admin");

        var told = await admin.SubmitAsync(Form(await admin.OpenAsync(Path), $"{Path}/mail"), ("address", "me at nimbus"));

        Assert.Contains("is no mail address", Notice(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_chat_in_the_model_there_is_nothing_to_try()
    {
        var admin = DashboardBrowser.OfPrincipal(_host, "Admin");

        var told = await admin.SubmitAsync(Form(await admin.OpenAsync(Path), $"{Path}/chat"));

        Assert.Contains("alerts.webhooks names no chat", Notice(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_admin_sends_any()
    {
        var admin = DashboardBrowser.OfPrincipal(_host, "Admin");
        var form = Form(await admin.OpenAsync(Path), $"{Path}/mail");

        using var response = await DashboardBrowser.OfPrincipal(_host, "Manager").PostAsync(form, ("address", "me@nimbus.example"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static IElement? Form(IHtmlDocument page, string action) =>
        page.QuerySelectorAll("form").FirstOrDefault(form => form.GetAttribute("action") == action);

    private static string Notice(IHtmlDocument page) => page.QuerySelector(".notice")?.TextContent ?? "";

    private sealed class Broken : IDoctorCheck
    {
        public bool AsksTheNetwork => false;

        public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken) =>
            throw new InvalidOperationException("it is asleep\nat some place");
    }
}
