using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Suppressions;

namespace Signals.Web.Unsubscribe;

/// <summary>
/// The link at the foot of every mail. GET and HEAD show a page that asks and change nothing, because mail scanners follow links;
/// POST acts, from the page's form or from the mailbox's own button (RFC 8058), and never redirects. The button stops every message; the
/// page's form what it says, and takes it back. Mailboxes post the button's field in every shape, or nothing at all: whoever holds the
/// token and posts means it.
/// </summary>
public static class UnsubscribeEndpoints
{
    /// <summary>The page's form is far shorter; a longer body is none.</summary>
    private const int MaxBodyBytes = 4096;

    private static readonly (string Source, string Scope) Button = ("one-click", UnsubscribePage.Everything);

    /// <summary>
    /// Maps <c>/u/{token}</c>. Needs <see cref="UnsubscribeTokens"/>, <see cref="ISuppressions"/> and <see cref="TimeProvider"/> from the
    /// services.
    /// </summary>
    /// <param name="routes">The app.</param>
    /// <param name="product">The product's name, as the reader knows it.</param>
    public static IEndpointRouteBuilder MapUnsubscribe(this IEndpointRouteBuilder routes, string product)
    {
        routes
            .MapMethods(
                "/u/{token}",
                [HttpMethods.Get, HttpMethods.Head],
                (HttpContext context, string token, UnsubscribeTokens tokens) =>
                {
                    var known = tokens.Verify(token);
                    var page = PageFor(context, product, known);
                    return known is null ? page.NotFound() : page.Ask();
                }
            )
            .ExcludeFromDescription();
        routes
            .MapPost(
                "/u/{token}",
                (HttpContext context, string token, UnsubscribeTokens tokens, ISuppressions suppressions, TimeProvider clock) =>
                    ActAsync(context, product, tokens.Verify(token), suppressions, clock)
            )
            .ExcludeFromDescription();
        return routes;
    }

    private static async Task<IResult> ActAsync(
        HttpContext context,
        string product,
        UnsubscribeToken? token,
        ISuppressions suppressions,
        TimeProvider clock
    )
    {
        var page = PageFor(context, product, token);
        if (token is null)
            return page.NotFound();
        var (from, scope) = await WishAsync(context);
        try
        {
            if (scope == UnsubscribePage.Undo)
                return await suppressions.ResumeAsync(token.Recipient, context.RequestAborted) ? page.Undone() : page.NotUndone();
            foreach (string? topic in page.TopicsOf(scope))
            {
                await suppressions.UnsubscribeAsync(
                    token.Recipient,
                    topic,
                    $"{from}:{token.OutreachId}",
                    clock.GetUtcNow(),
                    context.RequestAborted
                );
            }
            return page.Done(scope);
        }
        catch (TransientStoreException fault)
        {
            CustomerPage.SetRetryAfter(context, fault);
            return page.TryAgain();
        }
    }

    /// <summary>What the page's form asks for, or the mailbox's button where it was not that form.</summary>
    private static async Task<(string Source, string Scope)> WishAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBodyBytes;
        if (!context.Request.HasFormContentType || context.Request.ContentLength > MaxBodyBytes)
            return Button;
        try
        {
            var form = await context.Request.ReadFormAsync(
                new FormOptions
                {
                    BufferBodyLengthLimit = MaxBodyBytes,
                    MultipartBodyLengthLimit = MaxBodyBytes,
                    ValueCountLimit = 8,
                    KeyLengthLimit = 64,
                    ValueLengthLimit = 256,
                },
                context.RequestAborted
            );
            return form.ContainsKey(UnsubscribePage.FormField) ? ("page", form[UnsubscribePage.ScopeField].ToString()) : Button;
        }
        catch (Exception fault)
            when (fault is InvalidDataException or IOException or BadHttpRequestException or NotSupportedException or ArgumentException)
        {
            return Button;
        }
    }

    private static UnsubscribePage PageFor(HttpContext context, string product, UnsubscribeToken? token)
    {
        var words = UnsubscribeWords.For(context.Request.Query[UnsubscribePage.LanguageField], context.Request.Headers.AcceptLanguage);
        CustomerPage.SetHeaders(context, words.Language);
        return new UnsubscribePage(words, product, token?.Topic);
    }
}
