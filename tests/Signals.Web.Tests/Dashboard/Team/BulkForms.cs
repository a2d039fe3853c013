using System.Net;
using AngleSharp.Html.Dom;

namespace Signals.Web.Tests.Dashboard.Team;

/// <summary>Ticks rows of a list and presses a button of the bar under it.</summary>
internal static class BulkForms
{
    /// <summary>Sends the bar's form, and opens the page that follows.</summary>
    public static async Task<IHtmlDocument> SubmitAsync(
        DashboardBrowser browser,
        IHtmlDocument page,
        IEnumerable<string> picked,
        params (string Name, string Value)[] filled
    )
    {
        using var response = await PostAsync(browser, page, picked, filled);
        return await browser.OpenAsync(response.Headers.Location!.OriginalString);
    }

    public static async Task<HttpResponseMessage> PostAsync(
        DashboardBrowser browser,
        IHtmlDocument page,
        IEnumerable<string> picked,
        params (string Name, string Value)[] filled
    )
    {
        var form = page.QuerySelector("form#bulk")!;
        var fields = form.QuerySelectorAll("input[type=hidden]")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!))
            .Concat(filled.Select(field => KeyValuePair.Create(field.Name, field.Value)))
            .Concat(picked.Select(id => KeyValuePair.Create("pick", id)));
        var response = await browser.PostAsync(form.GetAttribute("action")!, fields);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response;
    }
}
