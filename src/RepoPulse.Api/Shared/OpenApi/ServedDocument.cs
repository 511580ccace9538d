using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace RepoPulse.Api;

/// <summary>The document's bytes, made at the first request: it never changes while the server runs, and making it is expensive.</summary>
internal sealed class ServedDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private volatile Made? _made;

    public async Task WriteAsync(HttpContext context)
    {
        var made = _made ?? await MakeAsync(context.RequestAborted);
        await Replies.JsonAsync(context, made.Json, made.EntityTag);
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Once, however many first requests there are at once.</summary>
    private async Task<Made> MakeAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _made ??= await CreateAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Made> CreateAsync(CancellationToken cancellationToken)
    {
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        var text = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        var json = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n") + "\n");
        return new Made(json, EntityTags.Of(json));
    }

    private sealed record Made(byte[] Json, string EntityTag);
}
